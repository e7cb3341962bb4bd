import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import {
  CognitoIdentityProviderClient,
  ListGroupsCommand,
  SignUpCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type BareCloud, bareCloud } from "../../test/bare-cloud.ts";
import { clientSettings } from "../aws-client.ts";
import type { Mail } from "../user-pool/engine.ts";
import { startUserPools, type UserPools } from "../user-pool/server.ts";
import { cognitoProviders } from "./cognito.ts";

let userPools: UserPools;
let cloud: BareCloud;
let sdk: CognitoIdentityProviderClient;
const dataFolder = mkdtempSync(path.join(tmpdir(), "user-pool-"));
const mails: Mail[] = [];

beforeAll(async () => {
  userPools = await startUserPools({
    dataFolder,
    sendMail: async (mail) => void mails.push(mail),
    invokeTrigger: () => Promise.reject(new Error("No function is declared.")),
    log: () => {},
  });
  const bare = bareCloud({ cognito: userPools.url });
  cloud = new Proxy(bare, {
    get: (target, name) => (name === "userPools" ? userPools : Reflect.get(target, name)),
  });
  sdk = new CognitoIdentityProviderClient(clientSettings(userPools.url));
});
afterAll(async () => {
  sdk.destroy();
  await cloud.stop();
  await userPools.stop();
  rmSync(dataFolder, { recursive: true, force: true });
});

const declare = (kind: string, name: string, inputs: Record<string, unknown>) => {
  const provider = cognitoProviders[`aws:cognito/${kind}`];
  if (!provider) throw new Error(`There is no provider for ${kind}.`);
  const urn = `urn:pulumi:test::app::aws:cognito/${kind}::${name}`;
  return provider({ urn, type: `aws:cognito/${kind}`, name, parent: undefined, inputs }, cloud);
};
const declarePool = (name: string, inputs: Record<string, unknown> = {}) =>
  declare("userPool:UserPool", name, {
    usernameAttributes: ["email"],
    autoVerifiedAttributes: ["email"],
    usernameConfiguration: { caseSensitive: false },
    ...inputs,
  });

test("a declared pool takes sign-ups by its own policy and in its own words", async () => {
  const pool = await declarePool("People", {
    passwordPolicy: { minimumLength: 12 },
    verificationMessageTemplate: { emailSubject: "하루", emailMessage: "코드 {####}" },
    emailConfiguration: { fromEmailAddress: "haru@example.com" },
  });
  expect(pool).toMatchObject({
    id: expect.stringMatching(/^us-east-1_[A-Za-z0-9]{9}$/),
    state: {
      arn: `arn:aws:cognito-idp:us-east-1:000000000000:userpool/${pool.id}`,
      endpoint: `${userPools.url.replace("http://", "")}/${pool.id}`,
    },
  });
  const client = await declare("userPoolClient:UserPoolClient", "Web", {
    userPoolId: pool.id,
    generateSecret: false,
  });
  expect(client.id).toMatch(/^[a-z0-9]{26}$/);
  const signUp = (Password: string) =>
    sdk.send(new SignUpCommand({ ClientId: client.id, Username: "kim@example.com", Password }));
  await expect(signUp("elevenchars")).rejects.toMatchObject({ name: "InvalidPasswordException" });
  await signUp("twelve chars");
  expect(mails.at(-1)).toMatchObject({
    from: "haru@example.com",
    subject: "하루",
    text: expect.stringMatching(/^코드 \d{6}$/),
  });
});

test("a second start answers the same ids, a client's secret among them", async () => {
  const first = await declarePool("Stable");
  const declareClient = () =>
    declare("userPoolClient:UserPoolClient", "Secret", { userPoolId: first.id, generateSecret: true });
  const client = await declareClient();
  expect(client.state.clientSecret).toMatch(/^[a-z0-9]{51}$/);
  expect(await declarePool("Stable")).toEqual(first);
  expect(await declareClient()).toEqual(client);
  expect((await declarePool("Another")).id).not.toBe(first.id);
});

test("groups are there, with their precedence", async () => {
  const pool = await declarePool("Grouped");
  await declare("userGroup:UserGroup", "Admins", { name: "admin", userPoolId: pool.id, precedence: 1 });
  const { Groups } = await sdk.send(new ListGroupsCommand({ UserPoolId: pool.id }));
  expect(Groups).toMatchObject([{ GroupName: "admin", Precedence: 1 }]);
});

test.each([
  ["text messages", { autoVerifiedAttributes: ["phone_number"] }, "no text messages"],
  [
    "links",
    { verificationMessageTemplate: { defaultEmailOption: "CONFIRM_WITH_LINK" } },
    "by code, not by link",
  ],
  ["a second factor by text message", { mfaConfiguration: "ON" }, "authenticator app only"],
  ["another trigger", { lambdaConfig: { userMigration: "arn:aws:lambda:::function:x" } }, "userMigration"],
])("a pool with %s is refused aloud instead of done wrongly", async (_, inputs, sentence) => {
  await expect(declarePool("Refused", inputs)).rejects.toThrow(sentence);
});

// Developer guide, "Refresh token rotation".
test("rotation beside ALLOW_REFRESH_TOKEN_AUTH is refused, as on AWS", async () => {
  const { id: userPoolId } = await declarePool("Rotating");
  const rotating = (explicitAuthFlows: string[]) =>
    declare("userPoolClient:UserPoolClient", "Rotating", {
      userPoolId,
      explicitAuthFlows,
      refreshTokenRotation: { feature: "ENABLED", retryGracePeriodSeconds: 10 },
    });
  await expect(rotating(["ALLOW_REFRESH_TOKEN_AUTH"])).rejects.toThrow("exclude each other");
  expect((await rotating(["ALLOW_USER_PASSWORD_AUTH"])).id).toMatch(/^[a-z0-9]{26}$/);
});
