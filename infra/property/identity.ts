import { passwordPolicy, roles } from "@haru/core/account/account.contract";
import type { Contract } from "@haru/core/contract";
import { contracts } from "@haru/core/routes";
import { nameOf, ofType, type Property } from "./recording.ts";

export const passwordsAreAsTheContractSays: Property = (stage) =>
  ofType(stage, "aws:cognito/userPool:UserPool")
    .filter(({ inputs }) => {
      const policy = inputs.passwordPolicy ?? {};
      return !(
        policy.minimumLength === passwordPolicy.minimumLength &&
        policy.requireLowercase &&
        policy.requireUppercase &&
        policy.requireNumbers
      );
    })
    .map((pool) => `${nameOf(pool)} takes other passwords than the contract.`);

/** What would tell a stranger who has an account, or let a stolen token live on. */
export const clientsTellNothingAndTokensEnd: Property = (stage) =>
  ofType(stage, "aws:cognito/userPoolClient:UserPoolClient").flatMap((client) => {
    const { inputs } = client;
    const says = (sentence: string) => `${nameOf(client)} ${sentence}`;
    const accessMinutes =
      inputs.tokenValidityUnits?.accessToken === "minutes" ? inputs.accessTokenValidity : Infinity;
    return [
      ...(inputs.preventUserExistenceErrors === "ENABLED" ? [] : [says("tells who has an account.")]),
      ...(inputs.enableTokenRevocation ? [] : [says("cannot revoke tokens.")]),
      ...(accessMinutes <= 60 ? [] : [says("gives access tokens for more than an hour.")]),
      ...(inputs.generateSecret ? [says("has a secret, which whoever has the app has, too.")] : []),
    ];
  });

/** Of the flows on the pool's hosted pages the one that an app is safe with, and for the app's client alone. */
export const hostedPagesGiveCodesAlone: Property = (stage) =>
  ofType(stage, "aws:cognito/userPoolClient:UserPoolClient").flatMap((client) => {
    const { inputs } = client;
    const says = (sentence: string) => `${nameOf(client)} ${sentence}`;
    const redirects: string[] = inputs.callbackUrls ?? [];
    if (!inputs.allowedOauthFlowsUserPoolClient)
      return redirects.length > 0 ? [says("opens the hosted pages, which nobody uses.")] : [];
    return [
      ...(client.name === "MobileClientClient" ? [] : [says("opens the hosted pages, which nobody uses.")]),
      ...(String(inputs.allowedOauthFlows) === "code" ? [] : [says("gives more than codes.")]),
      ...(redirects.length === 1 && !redirects[0]?.startsWith("http:")
        ? []
        : [says("sends codes where others can read them.")]),
    ];
  });

export const authenticatorAppsAreOffered: Property = (stage) =>
  ofType(stage, "aws:cognito/userPool:UserPool")
    .filter(
      ({ inputs }) =>
        inputs.mfaConfiguration !== "OPTIONAL" || inputs.softwareTokenMfaConfiguration?.enabled !== true,
    )
    .map((pool) => `${nameOf(pool)} lets nobody have a second factor.`);

/** A mail that goes out, or does not, would tell who has an account by the time of the answer. */
export const answersTellNothingByTheirTime: Property = (stage) => {
  const functions = ofType(stage, "aws:lambda/function:Function");
  return Object.entries<Contract>(contracts)
    .filter(([, contract]) => Object.values(contract).some(({ takesEvenTime }) => takesEvenTime))
    .filter(([noun]) => {
      const name = `Api${noun[0]?.toUpperCase()}${noun.slice(1)}Function`;
      const inputs = functions.find((declared) => declared.name === name)?.inputs;
      return !(Number(inputs?.environment?.variables?.EVEN_STEP_MILLISECONDS) >= 1_000);
    })
    .map(([noun]) => `The function of "${noun}" answers in its own time.`);
};

export const groupsAreTheRoles: Property = (stage) => {
  const groups = ofType(stage, "aws:cognito/userGroup:UserGroup").map(({ inputs }) => inputs.name as string);
  return groups.sort().join() === [...roles].sort().join() ? [] : [`The groups are ${groups.join(", ")}.`];
};
