import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { CognitoIdentityProviderClient } from "@aws-sdk/client-cognito-identity-provider";
import { clientSettings } from "../src/aws-client.ts";
import type { Mail } from "../src/user-pool/engine.ts";
import type { ClientSettings, PoolSettings } from "../src/user-pool/pool.ts";
import { startUserPools, type UserPools } from "../src/user-pool/server.ts";

export const PASSWORD = "Correct-horse-7";

/** A pool as the SST component declares it for people who sign in with an e-mail address. */
export const EMAIL_POOL: PoolSettings = {
  name: "people",
  usernameAttributes: ["email"],
  aliasAttributes: [],
  autoVerifiedAttributes: ["email"],
  attributesRequireVerificationBeforeUpdate: [],
  caseSensitive: false,
  allowAdminCreateUserOnly: false,
  recoversByEmail: true,
  schema: [],
  passwordPolicy: {
    minimumLength: 8,
    requireLowercase: true,
    requireUppercase: true,
    requireNumbers: true,
    requireSymbols: true,
    temporaryPasswordValidityDays: 7,
  },
  mfa: "OPTIONAL",
  softwareTokenMfa: true,
  mail: { from: "no-reply@verificationemail.com", verification: undefined, invitation: undefined },
  triggers: {},
};

export const WEB_CLIENT: ClientSettings = {
  name: "web",
  generateSecret: false,
  explicitAuthFlows: ["ALLOW_USER_PASSWORD_AUTH", "ALLOW_USER_SRP_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"],
  authSessionSeconds: 180,
  accessTokenSeconds: 3600,
  idTokenSeconds: 3600,
  refreshTokenSeconds: 30 * 86_400,
  refreshTokenRotation: undefined,
  enableTokenRevocation: true,
  preventUserExistenceErrors: true,
  readAttributes: undefined,
  writeAttributes: undefined,
};

/** A running engine with one pool and one client. */
export interface TestPool {
  readonly pools: UserPools;
  readonly sdk: CognitoIdentityProviderClient;
  readonly poolId: string;
  readonly clientId: string;
  readonly clientSecret: string | undefined;
  readonly dataFolder: string;
  /** Every mail that was sent, in order. */
  readonly mails: Mail[];
  /** What the engine's clock says, in milliseconds since 1970. */
  now(): number;
  /** Moves the engine's clock, which stands still otherwise. */
  passSeconds(seconds: number): void;
  /** The code in the last mail to that address. */
  codeFor(address: string): string;
  stop(): Promise<void>;
}

export async function startTestPool(
  options: {
    readonly pool?: Partial<PoolSettings>;
    readonly client?: Partial<ClientSettings>;
    /** Kept when given. */
    readonly dataFolder?: string;
    readonly port?: number;
    /** Where the engine's clock stands, in milliseconds since 1970; the present when absent. */
    readonly startAt?: number;
    readonly invokeTrigger?: (functionArn: string, event: unknown) => Promise<unknown>;
  } = {},
): Promise<TestPool> {
  const dataFolder = options.dataFolder ?? mkdtempSync(path.join(tmpdir(), "user-pool-"));
  const mails: Mail[] = [];
  let now = options.startAt ?? Date.now();
  const pools = await startUserPools({
    dataFolder,
    ...(options.port === undefined ? {} : { port: options.port }),
    now: () => now,
    sendMail: async (mail) => void mails.push(mail),
    invokeTrigger: options.invokeTrigger ?? (() => Promise.reject(new Error("No function is declared."))),
    log: (line) => {
      if (line.level === "error") console.error(line.message);
    },
  });
  const { id: poolId } = pools.createPool("urn:pool", { ...EMAIL_POOL, ...options.pool });
  const client = pools.createClient("urn:client", poolId, { ...WEB_CLIENT, ...options.client });
  const sdk = new CognitoIdentityProviderClient({ ...clientSettings(pools.url), maxAttempts: 1 });
  return {
    pools,
    sdk,
    poolId,
    clientId: client.id,
    clientSecret: client.secret,
    dataFolder,
    mails,
    now: () => now,
    passSeconds(seconds) {
      now += seconds * 1000;
    },
    codeFor(address) {
      const mail = mails.findLast(({ to }) => to === address);
      const code = /\d{6}/.exec(mail?.text ?? "")?.[0];
      if (!code) throw new Error(`No code was sent to ${address}.`);
      return code;
    },
    async stop() {
      sdk.destroy();
      await pools.stop();
      if (options.dataFolder === undefined) rmSync(dataFolder, { recursive: true, force: true });
    },
  };
}
