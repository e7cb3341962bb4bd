import { AdminSetUserMFAPreferenceCommand } from "@aws-sdk/client-cognito-identity-provider";
import { accountIdByEmail } from "../account/account.ts";
import type { SitePoolCore } from "../account/user-pool.ts";
import { AppError } from "../errors.ts";
import { ruleSentence } from "../sentences.ts";
import { digestOf } from "./recovery-code.ts";
import { recoveryCodes } from "./second-factor.entity.ts";

/**
 * Turns the second factor off for somebody whose password was right and who has lost the app. The
 * codes go last: whoever is interrupted in between comes in with the password alone.
 * @throws AppError `unprocessable` when the account has no such code
 */
export async function recover(core: SitePoolCore, email: string, recoveryCode: string): Promise<void> {
  const accountId = await accountIdByEmail(core, email);
  if (!accountId) throw noSuchCode(core);
  const { data } = await recoveryCodes(core).get({ accountId }).go({ consistent: true });
  if (!data?.digests.includes(digestOf(recoveryCode))) throw noSuchCode(core);
  const { client, poolId: UserPoolId } = core.userPool;
  const SoftwareTokenMfaSettings = { Enabled: false, PreferredMfa: false };
  await client.send(
    new AdminSetUserMFAPreferenceCommand({ UserPoolId, Username: email, SoftwareTokenMfaSettings }),
  );
  await recoveryCodes(core).delete({ accountId }).go();
}

function noSuchCode({ locale }: SitePoolCore): AppError {
  return new AppError("unprocessable", { fields: { recoveryCode: [ruleSentence("recovery_code", locale)] } });
}
