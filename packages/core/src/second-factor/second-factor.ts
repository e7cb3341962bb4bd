import {
  AssociateSoftwareTokenCommand,
  GetUserCommand,
  SetUserMFAPreferenceCommand,
  VerifySoftwareTokenCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { accountOf } from "../account/account.ts";
import {
  accessTokenOf,
  type PersonPoolCore,
  poolErrorName,
  translatePoolError,
} from "../account/user-pool.ts";
import { provePassword } from "../credential/prove-password.ts";
import { AppError } from "../errors.ts";
import { operation } from "../operation.ts";
import { ruleSentence } from "../sentences.ts";
import { digestOf, newRecoveryCodes } from "./recovery-code.ts";
import { secondFactorContract } from "./second-factor.contract.ts";
import { recoveryCodes } from "./second-factor.entity.ts";

const issuer = "Haru";

export const read = operation(secondFactorContract.read.input, async (core: PersonPoolCore) => {
  const { accountId } = core.actor;
  const [isOn, { data }] = await Promise.all([isOnAtPool(core), recoveryCodes(core).get({ accountId }).go()]);
  return { isOn, recoveryCodesLeft: isOn ? (data?.digests.length ?? 0) : 0 };
});

export const begin = operation(
  secondFactorContract.begin.input,
  async (core: PersonPoolCore, { currentPassword }) => {
    await provePassword(core, currentPassword);
    // The pool would forget the app that is in use.
    if (await isOnAtPool(core)) throw new AppError("conflict");
    const AccessToken = accessTokenOf(core);
    const { SecretCode: secret } = await core.userPool.client.send(
      new AssociateSoftwareTokenCommand({ AccessToken }),
    );
    if (!secret) throw new Error("The pool left the secret out.");
    const { email } = await accountOf(core, core.actor.accountId);
    const query = new URLSearchParams({ secret, issuer });
    return { secret, address: `otpauth://totp/${issuer}:${encodeURIComponent(email)}?${query}` };
  },
);

/** The recovery codes come first: a second factor without them could shut its owner out. */
export const turnOn = operation(secondFactorContract.turnOn.input, async (core: PersonPoolCore, { code }) => {
  if (await isOnAtPool(core)) throw new AppError("conflict");
  const AccessToken = accessTokenOf(core);
  try {
    await core.userPool.client.send(new VerifySoftwareTokenCommand({ AccessToken, UserCode: code }));
  } catch (error) {
    throw translateCode(error, core);
  }
  const codes = await keepNewCodes(core);
  await prefer(core, true);
  return { recoveryCodes: codes };
});

export const turnOff = operation(
  secondFactorContract.turnOff.input,
  async (core: PersonPoolCore, { currentPassword }) => {
    await provePassword(core, currentPassword);
    await prefer(core, false);
    await recoveryCodes(core).delete({ accountId: core.actor.accountId }).go();
    return {};
  },
);

export const renewRecoveryCodes = operation(
  secondFactorContract.renewRecoveryCodes.input,
  async (core: PersonPoolCore, { currentPassword }) => {
    await provePassword(core, currentPassword);
    if (!(await isOnAtPool(core))) throw new AppError("conflict");
    return { recoveryCodes: await keepNewCodes(core) };
  },
);

async function isOnAtPool(core: PersonPoolCore): Promise<boolean> {
  const AccessToken = accessTokenOf(core);
  const { UserMFASettingList = [] } = await core.userPool.client.send(new GetUserCommand({ AccessToken }));
  return UserMFASettingList.includes("SOFTWARE_TOKEN_MFA");
}

async function prefer(core: PersonPoolCore, Enabled: boolean): Promise<void> {
  const AccessToken = accessTokenOf(core);
  const SoftwareTokenMfaSettings = { Enabled, PreferredMfa: Enabled };
  await core.userPool.client.send(new SetUserMFAPreferenceCommand({ AccessToken, SoftwareTokenMfaSettings }));
}

async function keepNewCodes(core: PersonPoolCore): Promise<string[]> {
  const codes = newRecoveryCodes();
  const { accountId } = core.actor;
  const createdAt = core.now().toISOString();
  await recoveryCodes(core)
    .put({ accountId, digests: codes.map(digestOf), createdAt })
    .go();
  return codes;
}

function translateCode(error: unknown, { locale }: PersonPoolCore): unknown {
  const isRefused = ["CodeMismatchException", "EnableSoftwareTokenMFAException"];
  return isRefused.includes(poolErrorName(error))
    ? new AppError("unprocessable", { fields: { code: [ruleSentence("totp_refused", locale)] } })
    : translatePoolError(error, locale);
}
