/**
 * npm run admin -- grant <email> [role]: puts a person into a group of the user pool.
 * This is how the first admin comes to be, on the local cloud and, with --stage, on AWS.
 */
import { AdminAddUserToGroupCommand, UserNotFoundException } from "@aws-sdk/client-cognito-identity-provider";
import { roleSchema } from "@haru/core/account/account.contract";
import { Resource } from "sst";
import { pool } from "./core.ts";

const [verb, email, role = "admin"] = process.argv.slice(2);
const group = roleSchema.safeParse(role);
if (verb !== "grant" || !email || !group.success) {
  process.stderr.write("Usage: npm run admin -- grant <email> [reader|author|admin] [--stage <stage>]\n");
  process.exit(2);
}

try {
  await pool.send(
    new AdminAddUserToGroupCommand({ UserPoolId: Resource.Users.id, Username: email, GroupName: group.data }),
  );
  process.stdout.write(`${email} is now ${group.data}. It holds from the next sign-in on.\n`);
} catch (error) {
  if (!(error instanceof UserNotFoundException)) throw error;
  process.stderr.write(`There is no account for ${email}. Sign up first, then run this again.\n`);
  process.exitCode = 1;
}
