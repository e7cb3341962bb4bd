/**
 * npm run admin -- grant <email> [role]: gives a person a role, as the page for people does it and
 * with a row in the audit trail. This is how the first admin comes to be, on the local cloud and,
 * with --stage, on AWS.
 */
import { type Role, roleSchema } from "@haru/core/account/account.contract";
import { AppError } from "@haru/core/errors";
import type { AccountId } from "@haru/core/id";
import { grantRole } from "@haru/core/person/person";
import { readArguments, refuseArguments } from "./arguments.ts";
import { adminCoreFor, findAccountId } from "./core.ts";

const usage = "npm run admin -- grant <email> [reader|author|admin] [--stage <stage>]";
const [verb, email, name = "admin", ...more] = readArguments(usage, {}).positionals;
const role = roleSchema.safeParse(name);
if (verb !== "grant" || !email || !role.success || more.length > 0) refuseArguments(usage);

const accountId = await findAccountId(email);
if (accountId) await grant(accountId, role.data);
else fail(`There is no account for ${email}. Sign up first, then run this again.`);

async function grant(accountId: AccountId, role: Role): Promise<void> {
  try {
    await grantRole(adminCoreFor(accountId), { accountId, role });
    process.stdout.write(`${email} is now ${role}.\n`);
  } catch (error) {
    if (!(error instanceof AppError && error.code === "not_found")) throw error;
    fail(
      `${email} has signed up and never signed in. Confirm the e-mail, sign in once, then run this again.`,
    );
  }
}

function fail(message: string): void {
  process.stderr.write(`${message}\n`);
  process.exitCode = 1;
}
