import {
  GetUserCommand,
  UpdateUserAttributesCommand,
  VerifyUserAttributeCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { emailSchema } from "../account/account.contract.ts";
import { accounts } from "../account/account.entity.ts";
import { accountOf } from "../account/account.ts";
import {
  accessTokenOf,
  type PersonPoolCore,
  poolErrorName,
  translatePoolError,
} from "../account/user-pool.ts";
import { operation } from "../operation.ts";
import { commit, inTransaction } from "../transaction.ts";
import { credentialContract } from "./credential.contract.ts";
import { provePassword } from "./prove-password.ts";

export const changeEmail = operation(
  credentialContract.changeEmail.input,
  async (core: PersonPoolCore, { currentPassword, email }) => {
    // Whoever has the e-mail can have the password set anew.
    await provePassword(core, currentPassword);
    try {
      await core.userPool.client.send(
        new UpdateUserAttributesCommand({
          AccessToken: accessTokenOf(core),
          UserAttributes: [{ Name: "email", Value: email }],
        }),
      );
    } catch (error) {
      // Somebody else's e-mail is not told apart from one that is free: no code comes there that could be entered.
      if (!["AliasExistsException", "UsernameExistsException"].includes(poolErrorName(error)))
        throw translatePoolError(error, core.locale);
    }
    return {};
  },
);

/** The pool says so of a code that was used, too. */
const codeErrors = ["CodeMismatchException", "ExpiredCodeException"];

/**
 * The pool is the judge, and the account follows it: sent again after an interruption, the code is
 * used up, and what the pool says now is written all the same.
 */
export const confirmEmail = operation(
  credentialContract.confirmEmail.input,
  async (core: PersonPoolCore, { code }) => {
    const { client } = core.userPool;
    const { accountId } = core.actor;
    const AccessToken = accessTokenOf(core);
    let refusal: unknown;
    try {
      await client.send(new VerifyUserAttributeCommand({ AccessToken, AttributeName: "email", Code: code }));
    } catch (error) {
      refusal = translatePoolError(error, core.locale);
      if (!codeErrors.includes(poolErrorName(error))) throw refusal;
    }
    const { UserAttributes = [] } = await client.send(new GetUserCommand({ AccessToken }));
    const email = emailSchema.parse(UserAttributes.find(({ Name }) => Name === "email")?.Value);
    if (refusal && (await accountOf(core, accountId, { consistent: true })).email === email) throw refusal;
    await commit(core, [inTransaction(accounts(core)).patch({ accountId }).set({ email }).commit()]);
    return { email };
  },
);
