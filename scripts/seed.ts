/**
 * Gives a local cloud its sample accounts and posts. Runs at the end of every start;
 * what is there already stays as it is. It refuses anything but a local cloud.
 */
import {
  AdminCreateUserCommand,
  AdminSetUserPasswordCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { open } from "@haru/core/account/account";
import { grantRole } from "@haru/core/person/person";
import { Resource } from "sst";
import { adminCoreFor, coreFor, findAccountId, pool } from "./core.ts";
import { importFolder } from "./import-folder.ts";
import { sampleAccounts, samplePassword } from "./sample-accounts.ts";

const endpoint = process.env.AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER;
if (!endpoint || !["127.0.0.1", "localhost"].includes(new URL(endpoint).hostname)) {
  process.stderr.write("Sample accounts have a known password, so they are made on a local cloud only.\n");
  process.exit(1);
}

for (const { email, displayName, locale, role } of sampleAccounts) {
  if (await findAccountId(email)) continue;
  const user = { UserPoolId: Resource.Users.id, Username: email };
  await pool.send(
    new AdminCreateUserCommand({
      ...user,
      MessageAction: "SUPPRESS",
      UserAttributes: [
        { Name: "email", Value: email },
        { Name: "email_verified", Value: "true" },
        { Name: "name", Value: displayName },
        { Name: "locale", Value: locale },
      ],
    }),
  );
  await pool.send(new AdminSetUserPasswordCommand({ ...user, Password: samplePassword, Permanent: true }));
  const accountId = await findAccountId(email);
  if (!accountId) throw new Error(`${email} was made and cannot be found.`);
  await open(coreFor({ accountId, roles: [role] }), { accountId, email, displayName, locale });
  await grantRole(adminCoreFor(accountId), { accountId, role });
}

await importFolder("content", { author: sampleAccounts[0].email, quiet: true });

for (const { email, role } of sampleAccounts) {
  process.stdout.write(`Sample ${role}: ${email}, password ${samplePassword}\n`);
}
