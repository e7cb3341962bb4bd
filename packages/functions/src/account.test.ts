import { InitiateAuthCommand, SignUpCommand } from "@aws-sdk/client-cognito-identity-provider";
import { accountContract } from "@haru/core/account/account.contract";
import { accountIdOf } from "@haru/core/id";
import { afterAll, beforeAll, expect, test } from "vitest";
import { EMAIL_POOL, startTestPool, type TestPool } from "../../local/test/user-pool.ts";
import { type Answer, call, type Person } from "../test/call.ts";
import { link, newPerson, startLinkedTable } from "../test/services.ts";
import { handler } from "./account.ts";
import { handler as accountMessage } from "./events/account-message.ts";
import { handler as accountOpened } from "./events/account-opened.ts";

const password = "Gaeul-achim7";
let engine: Awaited<ReturnType<typeof startLinkedTable>>;
let pool: TestPool;
/** Makes the trigger fail once, as a throttled table would. */
let failNextOpening = false;
let isPoolStopped = false;

beforeAll(async () => {
  engine = await startLinkedTable();
  pool = await startTestPool({
    pool: {
      passwordPolicy: { ...EMAIL_POOL.passwordPolicy, requireSymbols: false },
      triggers: { postConfirmation: "opened", postAuthentication: "opened", customMessage: "message" },
    },
    invokeTrigger: async (arn, event) => {
      if (arn === "message") return accountMessage(event as never);
      if (failNextOpening) {
        failNextOpening = false;
        throw new Error("The table was throttled");
      }
      return accountOpened(event as never);
    },
  });
  for (const name of ["reader", "author", "admin"])
    pool.pools.createGroup(pool.poolId, {
      name,
      description: undefined,
      roleArn: undefined,
      precedence: undefined,
    });
  link("EdgeSecret", { value: "edge" });
  link("WebClient", { id: pool.clientId });
  process.env.AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER = pool.pools.url;
});
afterAll(async () => {
  if (!isPoolStopped) await pool.stop();
  await engine.stop();
});

let people = 0;
const newEmail = () => `person${++people}@example.com`;
const signUp = (email: string, more: Record<string, unknown> = {}) =>
  call(handler, accountContract.signUp, {
    input: { email, password, displayName: "김하루", locale: "ko", ...more },
  });
const confirm = (email: string, code: string) =>
  call(handler, accountContract.confirm, { input: { email, code } });

/** Signs in as the site does and answers what the gateway would make of the token. */
async function signIn(email: string): Promise<Person> {
  const { AuthenticationResult: result } = await pool.sdk.send(
    new InitiateAuthCommand({
      ClientId: pool.clientId,
      AuthFlow: "USER_PASSWORD_AUTH",
      AuthParameters: { USERNAME: email, PASSWORD: password },
    }),
  );
  const payload = result?.AccessToken?.split(".")[1] ?? "";
  const claims = JSON.parse(Buffer.from(payload, "base64url").toString());
  return { accountId: accountIdOf(claims.sub), roles: claims["cognito:groups"] ?? [] };
}

test("a person signs up, confirms the mailed code, signs in and has an account as a reader", async () => {
  const email = newEmail();
  expect(await signUp(email.toUpperCase())).toMatchObject({ status: 202, body: {} });
  expect(pool.mails.at(-1)).toMatchObject({ to: email, subject: "하루: 이메일 확인 코드" });
  expect(await confirm(email, pool.codeFor(email))).toMatchObject({ status: 200, body: {} });
  const as = await signIn(email);
  const { body } = await call(handler, accountContract.current, { as });
  expect(body).toMatchObject({
    accountId: as.accountId,
    email,
    displayName: "김하루",
    locale: "ko",
    roles: ["reader"],
  });
});

test("mails are in the person's language", async () => {
  const email = newEmail();
  await signUp(email, { locale: "en" });
  expect(pool.mails.at(-1)?.subject).toBe("Haru: your confirmation code");
});

/** What is left of a limit follows from the e-mails that were typed, whoever has an account. */
function withoutLimits({ status, body, headers }: Answer) {
  const { ratelimit: _, ...others } = headers;
  return { status, body, headers: others };
}

test("signing up and asking for a code answer alike for a known and an unknown e-mail", async () => {
  const email = newEmail();
  const first = withoutLimits(await signUp(email));
  expect(withoutLimits(await signUp(email))).toEqual(first);
  await confirm(email, pool.codeFor(email));
  expect(withoutLimits(await signUp(email))).toEqual(first);
  const resend = (to: string) => call(handler, accountContract.resendCode, { input: { email: to } });
  expect(withoutLimits(await resend(email))).toEqual(withoutLimits(await resend(newEmail())));
});

test("a new code replaces the first one", async () => {
  const email = newEmail();
  await signUp(email);
  const first = pool.codeFor(email);
  expect(await call(handler, accountContract.resendCode, { input: { email } })).toMatchObject({
    status: 202,
  });
  const second = pool.codeFor(email);
  if (first !== second) expect(await confirm(email, first)).toMatchObject({ status: 422 });
  expect(await confirm(email, second)).toMatchObject({ status: 200 });
});

test("a wrong code, a second confirmation and an unknown e-mail are refused alike", async () => {
  const email = newEmail();
  await signUp(email);
  const code = pool.codeFor(email);
  const wrong = await confirm(email, code === "000000" ? "111111" : "000000");
  expect(wrong).toMatchObject({
    status: 422,
    body: { error: { code: "unprocessable", fields: { code: [expect.stringContaining("새 코드")] } } },
  });
  await confirm(email, code);
  for (const again of [await confirm(email, code), await confirm(newEmail(), code)])
    expect({ ...again.body.error, requestId: "" }).toEqual({ ...wrong.body.error, requestId: "" });
});

test.each([
  [{ email: "nobody" }, "email"],
  [{ password: "short1A" }, "password"],
  [{ password: "alllowercase1" }, "password"],
  [{ password: `Aa1${"x".repeat(10_000)}` }, "password"],
  [{ displayName: "\u0007" }, "displayName"],
  [{ locale: "jp" }, "locale"],
  [{ roles: ["admin"] }, "roles"],
])("signing up with %j is refused with a sentence beside the field", async (more, field) => {
  const answer = await signUp(newEmail(), more);
  expect(answer).toMatchObject({ status: 400, body: { error: { code: "invalid_input" } } });
  expect(answer.body.error.fields[field]).toHaveLength(1);
});

test.each([
  [{ displayName: "하루\r\nBcc: everybody@example.com" }, "displayName"],
  [{ displayName: "\u202enimda" }, "displayName"],
  [{ displayName: "\u3164" }, "displayName"],
  [{ displayName: "ad\u200bmin" }, "displayName"],
  [{ email: "a@example.com\r\nBcc: b@example.com" }, "email"],
  [{ email: "a\u202e@example.com" }, "email"],
  [{ email: "a\u200b@example.com" }, "email"],
  [{ email: "\u0430dmin@example.com" }, "email"],
])("what would pose as something else in a mail or a list is refused: %j", async (more, field) => {
  const answer = await signUp(newEmail(), more);
  expect(answer.status).toBe(400);
  expect(answer.body.error.fields[field]).toHaveLength(1);
});

test("an e-mail in full-width letters is the one that it stands for, and one with a plus is its own", async () => {
  const email = newEmail();
  const wide = email.replace(/[a-z]/g, (letter) => String.fromCharCode(letter.charCodeAt(0) + 0xfee0));
  await signUp(wide);
  expect(pool.mails.at(-1)?.to).toBe(email);
  expect(await confirm(wide, pool.codeFor(email))).toMatchObject({ status: 200 });
  const plus = email.replace("@", "+haru@");
  await signUp(plus);
  expect(pool.mails.at(-1)?.to).toBe(plus);
  await confirm(plus, pool.codeFor(plus));
  expect((await signIn(plus)).accountId).not.toBe((await signIn(email)).accountId);
});

test("a name of an emoji's joined parts is kept as it is", async () => {
  const email = newEmail();
  await signUp(email, { displayName: "👩‍🌾 하루" });
  await confirm(email, pool.codeFor(email));
  const { body } = await call(handler, accountContract.current, { as: await signIn(email) });
  expect(body.displayName).toBe("👩‍🌾 하루");
});

test("an account whose opening failed at the confirmation is opened at the next sign-in", async () => {
  const email = newEmail();
  await signUp(email);
  failNextOpening = true;
  await confirm(email, pool.codeFor(email));
  const as = await signIn(email);
  expect(as.roles).toEqual(["reader"]);
  expect(await call(handler, accountContract.current, { as })).toMatchObject({
    status: 200,
    body: { email },
  });
});

test("a person who signed up past this site without a proper name gets one from the e-mail", async () => {
  const email = newEmail();
  const attributes = [
    { Name: "email", Value: email },
    { Name: "name", Value: "\u0007" },
    { Name: "locale", Value: "fr" },
  ];
  const { clientId: ClientId } = pool;
  await pool.sdk.send(
    new SignUpCommand({ ClientId, Username: email, Password: password, UserAttributes: attributes }),
  );
  await confirm(email, pool.codeFor(email));
  const { body } = await call(handler, accountContract.current, { as: await signIn(email) });
  expect(body).toMatchObject({ displayName: email.split("@")[0], locale: "ko" });
});

test("the account asks for a token, and a token without an account finds none", async () => {
  expect(await call(handler, accountContract.current)).toMatchObject({ status: 401 });
  expect(await call(handler, accountContract.current, { as: await newPerson() })).toMatchObject({
    status: 403,
  });
  const as = { accountId: accountIdOf(crypto.randomUUID()), roles: ["reader"] as const };
  expect(await call(handler, accountContract.current, { as })).toMatchObject({ status: 404 });
});

test("signing up says that it is unavailable while the pool is", async () => {
  const email = newEmail();
  await pool.stop();
  isPoolStopped = true;
  expect(await signUp(email)).toMatchObject({ status: 503, body: { error: { code: "unavailable" } } });
});
