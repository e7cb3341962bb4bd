import {
  AdminAddUserToGroupCommand,
  AdminGetUserCommand,
  ConfirmSignUpCommand,
  GetTokensFromRefreshTokenCommand,
  SignUpCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { expect, test, vi } from "vitest";
import { EMAIL_POOL, PASSWORD, startTestPool, type TestPool } from "../../test/user-pool.ts";
import { confirmedUser } from "../../test/user-pool-person.ts";
import { FunctionError } from "../cloud.ts";
import type { Engine } from "./engine.ts";
import type { Triggers } from "./pool.ts";
import { runTrigger } from "./trigger.ts";

interface Event {
  readonly version: string;
  readonly userName: string;
  readonly triggerSource: string;
  readonly callerContext: { readonly clientId: string };
  readonly request: Readonly<Record<string, unknown>>;
  readonly response: Record<string, unknown>;
}

/** A pool with one function, which sees every event and may fill in its response. */
async function startWithTrigger(triggers: Triggers, handle: (event: Event) => Promise<unknown> | unknown) {
  const events: Event[] = [];
  const pool = await startTestPool({
    pool: { triggers },
    invokeTrigger: async (_, event) => {
      const copy = structuredClone(event) as Event;
      events.push(structuredClone(copy));
      return handle(copy);
    },
  });
  return { ...pool, events };
}

const respond = (response: Record<string, unknown>) => (event: Event) => {
  Object.assign(event.response, response);
  return event;
};

const signUp = (pool: TestPool, Username = "kim@example.com") =>
  pool.sdk.send(
    new SignUpCommand({
      ClientId: pool.clientId,
      Username,
      Password: PASSWORD,
      UserAttributes: [{ Name: "name", Value: "김하루" }],
      ValidationData: [{ Name: "invite", Value: "abc" }],
      ClientMetadata: { locale: "ko" },
    }),
  );

function claimsOf(token: string | undefined): Record<string, unknown> {
  return JSON.parse(Buffer.from((token ?? "").split(".")[1] ?? "", "base64url").toString());
}

// Developer guide, "Pre sign-up Lambda trigger".
test("PreSignUp sees what is signed up with, in AWS's shape, and may confirm at once", async () => {
  const pool = await startWithTrigger({ preSignUp: "arn:pre", postConfirmation: "arn:post" }, (event) =>
    event.triggerSource === "PreSignUp_SignUp"
      ? respond({ autoConfirmUser: true, autoVerifyEmail: true })(event)
      : event,
  );
  const { UserConfirmed, UserSub } = await signUp(pool);
  expect(UserConfirmed).toBe(true);
  expect(pool.mails).toEqual([]);
  expect(pool.events).toMatchObject([
    {
      version: "1",
      region: "us-east-1",
      userPoolId: pool.poolId,
      userName: UserSub,
      callerContext: { clientId: pool.clientId, awsSdkVersion: expect.any(String) },
      triggerSource: "PreSignUp_SignUp",
      request: {
        userAttributes: { email: "kim@example.com", name: "김하루" },
        validationData: { invite: "abc" },
        clientMetadata: { locale: "ko" },
      },
      response: { autoConfirmUser: false, autoVerifyEmail: false, autoVerifyPhone: false },
    },
    { triggerSource: "PostConfirmation_ConfirmSignUp" },
  ]);
  const user = await pool.sdk.send(
    new AdminGetUserCommand({ UserPoolId: pool.poolId, Username: "kim@example.com" }),
  );
  expect(user).toMatchObject({
    UserStatus: "CONFIRMED",
    UserAttributes: expect.arrayContaining([{ Name: "email_verified", Value: "true" }]),
  });
  await pool.stop();
});

test("a function that throws refuses the sign-up with its own words, and nobody is added", async () => {
  const pool = await startWithTrigger({ preSignUp: "arn:pre" }, () => {
    throw new FunctionError("Error", "Invitation only", [], "thrown");
  });
  await expect(signUp(pool)).rejects.toMatchObject({
    name: "UserLambdaValidationException",
    message: "PreSignUp failed with error Invitation only.",
  });
  const get = new AdminGetUserCommand({ UserPoolId: pool.poolId, Username: "kim@example.com" });
  await expect(pool.sdk.send(get)).rejects.toMatchObject({ name: "UserNotFoundException" });
  await pool.stop();
});

test("a function that dies, and one that answers no event, are told apart from a refusal", async () => {
  const dead = await startWithTrigger({ preSignUp: "arn:pre" }, () => {
    throw new FunctionError("Runtime.ExitError", "exited", [], "exit");
  });
  await expect(signUp(dead)).rejects.toMatchObject({ name: "UnexpectedLambdaException" });
  await dead.stop();
  const mute = await startWithTrigger({ preSignUp: "arn:pre" }, () => null);
  await expect(signUp(mute)).rejects.toMatchObject({ name: "InvalidLambdaResponseException" });
  await mute.stop();
});

// Developer guide, "Important considerations" of Lambda triggers.
test("a function that is silent for five seconds is called three times", async () => {
  vi.useFakeTimers();
  let calls = 0;
  const engine = {
    log: () => {},
    invokeTrigger: () => {
      calls += 1;
      return new Promise(() => {});
    },
  } as unknown as Engine;
  const outcome = runTrigger(engine, {
    pool: { ...EMAIL_POOL, id: "us-east-1_123456789", triggers: { preSignUp: "arn:pre" } },
    trigger: "preSignUp",
    source: "PreSignUp_SignUp",
    clientId: "client",
    username: "kim",
    attributes: {},
    clientMetadata: {},
  }).catch((error: Error) => error.name);
  await vi.advanceTimersByTimeAsync(14_999);
  expect(calls).toBe(3);
  expect(await Promise.race([outcome, "still waiting"])).toBe("still waiting");
  await vi.advanceTimersByTimeAsync(1);
  expect(await outcome).toBe("UnexpectedLambdaException");
  vi.useRealTimers();
});

// Developer guide, "Post confirmation Lambda trigger".
test("PostConfirmation runs after the commit: the person stays confirmed when it throws", async () => {
  const pool = await startWithTrigger({ postConfirmation: "arn:post" }, () => {
    throw new FunctionError("Error", "no table", [], "thrown");
  });
  await signUp(pool);
  const confirm = new ConfirmSignUpCommand({
    ClientId: pool.clientId,
    Username: "kim@example.com",
    ConfirmationCode: pool.codeFor("kim@example.com"),
  });
  await expect(pool.sdk.send(confirm)).rejects.toMatchObject({ name: "UserLambdaValidationException" });
  expect(pool.events).toMatchObject([
    { request: { userAttributes: { email_verified: "true", "cognito:user_status": "CONFIRMED" } } },
  ]);
  const user = await pool.sdk.send(
    new AdminGetUserCommand({ UserPoolId: pool.poolId, Username: "kim@example.com" }),
  );
  expect(user.UserStatus).toBe("CONFIRMED");
  await pool.stop();
});

// Developer guide, "Custom message Lambda trigger".
test("CustomMessage changes the words of a mail around its code", async () => {
  const pool = await startWithTrigger(
    { customMessage: "arn:message" },
    respond({ emailSubject: "확인", emailMessage: "코드는 {####}입니다" }),
  );
  await signUp(pool);
  expect(pool.mails).toMatchObject([
    { to: "kim@example.com", subject: "확인", text: expect.stringMatching(/^코드는 \d{6}입니다$/) },
  ]);
  expect(pool.events).toMatchObject([
    { triggerSource: "CustomMessage_SignUp", request: { codeParameter: "{####}" } },
  ]);
  await pool.stop();
});

test("PreAuthentication and PostAuthentication may refuse, before and after the password", async () => {
  for (const trigger of ["preAuthentication", "postAuthentication"] as const) {
    const pool = await startWithTrigger({ [trigger]: "arn:authentication" }, () => {
      throw new FunctionError("Error", "Closed on Sundays", [], "thrown");
    });
    const person = await confirmedUser(pool);
    await expect(person.signIn()).rejects.toThrow("failed with error Closed on Sundays.");
    const wrong = trigger === "preAuthentication" ? "Closed on Sundays" : "Incorrect username or password.";
    await expect(person.signIn("Wrong-horse-7")).rejects.toThrow(wrong);
    await pool.stop();
  }
});

// Developer guide, "Pre token generation Lambda trigger".
test("PreTokenGeneration V1 changes the ID token and the groups, and no fixed claim", async () => {
  const pool = await startWithTrigger(
    { preTokenGeneration: "arn:token", preTokenGenerationVersion: "V1_0" },
    respond({
      claimsOverrideDetails: {
        claimsToAddOrOverride: { tenant: "haru", sub: "stolen", name: "바꿈" },
        claimsToSuppress: ["email"],
        groupOverrideDetails: { groupsToOverride: ["admin"] },
      },
    }),
  );
  const person = await confirmedUser(pool);
  const { AccessToken, IdToken } = await person.signIn();
  expect(claimsOf(IdToken)).toMatchObject({
    tenant: "haru",
    name: "바꿈",
    sub: person.username,
    "cognito:groups": ["admin"],
  });
  expect(claimsOf(IdToken)).not.toHaveProperty("email");
  expect(claimsOf(AccessToken)).toMatchObject({ sub: person.username, "cognito:groups": ["admin"] });
  expect(claimsOf(AccessToken)).not.toHaveProperty("tenant");
  await pool.stop();
});

test("PreTokenGeneration V2 changes both tokens and the scopes, at a sign-in and at a refresh", async () => {
  const pool = await startWithTrigger(
    { preTokenGeneration: "arn:token", preTokenGenerationVersion: "V2_0" },
    respond({
      claimsAndScopeOverrideDetails: {
        idTokenGeneration: { claimsToAddOrOverride: { plan: { seats: 3 } } },
        accessTokenGeneration: {
          claimsToAddOrOverride: { tenant: "haru" },
          scopesToAdd: ["posts/write"],
        },
      },
    }),
  );
  pool.pools.createGroup(pool.poolId, {
    name: "author",
    description: undefined,
    roleArn: undefined,
    precedence: undefined,
  });
  const person = await confirmedUser(pool);
  await pool.sdk.send(
    new AdminAddUserToGroupCommand({
      UserPoolId: pool.poolId,
      Username: person.email,
      GroupName: "author",
    }),
  );
  const { AccessToken, IdToken, RefreshToken } = await person.signIn();
  const scope = "aws.cognito.signin.user.admin posts/write";
  expect(claimsOf(AccessToken)).toMatchObject({ tenant: "haru", scope, "cognito:groups": ["author"] });
  expect(claimsOf(IdToken)).toMatchObject({ plan: { seats: 3 } });
  const refreshed = await pool.sdk.send(
    new GetTokensFromRefreshTokenCommand({ ClientId: pool.clientId, RefreshToken }),
  );
  expect(claimsOf(refreshed.AuthenticationResult?.AccessToken)).toMatchObject({ tenant: "haru", scope });
  expect(pool.events).toMatchObject([
    {
      version: "2",
      triggerSource: "TokenGeneration_Authentication",
      request: {
        groupConfiguration: { groupsToOverride: ["author"] },
        scopes: ["aws.cognito.signin.user.admin"],
      },
    },
    { triggerSource: "TokenGeneration_RefreshTokens" },
  ]);
  await pool.stop();
});
