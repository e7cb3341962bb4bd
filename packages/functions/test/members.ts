import { ConfirmSignUpCommand, SignUpCommand } from "@aws-sdk/client-cognito-identity-provider";
import { accountContract } from "@haru/core/account/account.contract";
import type { ActorCore } from "@haru/core/core";
import type { AccountId } from "@haru/core/id";
import { sessionContract, type Tokens } from "@haru/core/session/session.contract";
import { EMAIL_POOL, startTestPool, type TestPool } from "../../local/test/user-pool.ts";
import { handler as account } from "../src/account.ts";
import { coreFor } from "../src/core.ts";
import { handler as accountOpened } from "../src/events/account-opened.ts";
import { handler as session } from "../src/session.ts";
import { type Answer, call } from "./call.ts";
import { link, startLinkedTable } from "./services.ts";

export const password = "Gaeul-achim7";

/** A table and a user pool that the functions of this process are linked to. */
export interface Services {
  readonly pool: TestPool;
  /** How often the pool made tokens for a refresh token. */
  refreshes(): number;
  stop(): Promise<void>;
}

export async function startServices(): Promise<Services> {
  const engine = await startLinkedTable();
  let refreshes = 0;
  const pool = await startTestPool({
    pool: {
      passwordPolicy: { ...EMAIL_POOL.passwordPolicy, requireSymbols: false },
      attributesRequireVerificationBeforeUpdate: ["email"],
      triggers: { postConfirmation: "opened", postAuthentication: "opened", preTokenGeneration: "tokens" },
    },
    client: { refreshTokenRotation: { graceSeconds: 60 } },
    invokeTrigger: async (arn, event) => {
      if (arn === "opened") return accountOpened(event as never);
      const { triggerSource } = event as { triggerSource: string };
      if (triggerSource === "TokenGeneration_RefreshTokens") refreshes++;
      return event;
    },
  });
  for (const name of ["reader", "author", "admin"]) {
    const group = { name, description: undefined, roleArn: undefined, precedence: undefined };
    pool.pools.createGroup(pool.poolId, group);
  }
  link("EdgeSecret", { value: "edge" });
  link("Users", { id: pool.poolId });
  link("WebClient", { id: pool.clientId });
  process.env.AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER = pool.pools.url;
  return {
    pool,
    refreshes: () => refreshes,
    async stop() {
      await pool.stop();
      await engine.stop();
    },
  };
}

let people = 0;

/** Signs somebody up past the site; the account is open once the e-mail is confirmed. */
export async function newMember(
  { pool }: Services,
  { confirmed = true, email = `person${++people}@example.com` } = {},
): Promise<string> {
  const { clientId: ClientId } = pool;
  const attributes = { email, name: "김하루" };
  const UserAttributes = Object.entries(attributes).map(([Name, Value]) => ({ Name, Value }));
  await pool.sdk.send(new SignUpCommand({ ClientId, Username: email, Password: password, UserAttributes }));
  const ConfirmationCode = pool.codeFor(email);
  if (confirmed)
    await pool.sdk.send(new ConfirmSignUpCommand({ ClientId, Username: email, ConfirmationCode }));
  return email;
}

/** Somebody who is signed in. */
export interface SignedIn {
  readonly email: string;
  readonly tokens: Tokens;
  readonly accountId: AccountId;
  /** Acts for the person as an author, past the functions. */
  readonly core: ActorCore;
}

export async function signedInMember(services: Services): Promise<SignedIn> {
  const email = await newMember(services);
  const tokens = tokensIn(await signIn(email));
  const { accountId } = (await current(tokens)).body;
  return { email, tokens, accountId, core: coreFor("ko", { actor: { accountId, roles: ["author"] } }) };
}

export const signIn = (email: string, more: Record<string, unknown> = {}) =>
  call(session, sessionContract.signIn, { input: { email, password, ...more } });
export const refresh = (refreshToken: string) =>
  call(session, sessionContract.refresh, { input: { refreshToken } });
/** What the API says of whoever has these tokens. */
export const current = (tokens: Tokens, userAgent?: string) =>
  call(account, accountContract.current, withToken(tokens, userAgent));
export const tokensIn = ({ body }: Answer): Tokens => body.tokens;

/** A request with a token, as the gateway hands it on after its check. */
export function withToken({ accessToken }: Tokens, userAgent = "curl/8") {
  const claims = JSON.parse(Buffer.from(accessToken.split(".")[1] ?? "", "base64url").toString());
  const asText = (value: unknown) => (Array.isArray(value) ? `[${value.join(" ")}]` : String(value));
  const texts = Object.fromEntries(Object.entries(claims).map(([name, value]) => [name, asText(value)]));
  return {
    headers: {
      authorization: `Bearer ${accessToken}`,
      "content-type": "application/json",
      "user-agent": userAgent,
    },
    event: {
      requestContext: {
        requestId: "r",
        http: { sourceIp: "192.0.2.1" },
        authorizer: { principalId: "", integrationLatency: 0, jwt: { claims: texts, scopes: [] } },
      } as never,
    },
  };
}
