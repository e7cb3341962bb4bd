import { randomBytes } from "node:crypto";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { ACCOUNT_ID, type Log, REGION } from "../cloud.ts";
import { createTurns, type Engine, type Mail } from "./engine.ts";
import { findGroup, saveGroup } from "./group.ts";
import { answerRequest } from "./http.ts";
import { signingKey } from "./key.ts";
import {
  type ClientSettings,
  clientIdOf,
  findClient,
  getPool,
  type PoolSettings,
  poolIdOf,
  saveClient,
  savePool,
} from "./pool.ts";
import { openStore } from "./store.ts";
import { issuerOf } from "./token.ts";

/** The running user pools. */
export interface UserPools {
  /** `http://127.0.0.1:<port>`, for `AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER`. */
  readonly url: string;
  /** Makes a pool, or takes new settings for one. Its people, keys and id stay. */
  createPool(urn: string, settings: PoolSettings): CreatedPool;
  /** Makes a client, or takes new settings for one. Its id and secret stay. */
  createClient(urn: string, poolId: string, settings: ClientSettings): CreatedClient;
  /** Makes a group, or takes new settings for one. Who is in it stays. */
  createGroup(poolId: string, settings: GroupSettings): void;
  /** Lets running requests end first. */
  stop(): Promise<void>;
}

export interface CreatedPool {
  readonly id: string;
  readonly arn: string;
  readonly issuer: string;
}

export interface CreatedClient {
  readonly id: string;
  readonly secret: string | undefined;
}

export interface GroupSettings {
  readonly name: string;
  readonly description: string | undefined;
  readonly roleArn: string | undefined;
  readonly precedence: number | undefined;
}

export interface UserPoolOptions {
  /** Holds `user-pools.sqlite`. */
  readonly dataFolder: string;
  /** A free port when absent. */
  readonly port?: number;
  /** Milliseconds since 1970. */
  readonly now?: () => number;
  readonly sendMail: (mail: Mail) => Promise<void>;
  /** Runs a function of the program and answers its result. */
  readonly invokeTrigger: (functionArn: string, event: unknown) => Promise<unknown>;
  readonly log: Log;
}

/**
 * Starts the user pools on the loopback address.
 * @throws Error in production: they check no AWS signature and are no place for real people
 */
export async function startUserPools(options: UserPoolOptions): Promise<UserPools> {
  if (process.env.NODE_ENV === "production") {
    throw new Error("The local user pools do not start with NODE_ENV=production: they are for development.");
  }
  const store = openStore(options.dataFolder);
  const running = new Set<Promise<void>>();
  const server = createServer();
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(options.port ?? 0, "127.0.0.1", resolve);
  });
  const { port } = server.address() as AddressInfo;
  const engine: Engine = {
    store,
    url: `http://127.0.0.1:${port}`,
    now: options.now ?? Date.now,
    sendMail: options.sendMail,
    invokeTrigger: options.invokeTrigger,
    log: options.log,
    turns: createTurns(),
  };
  server.on("request", (request, response) => {
    const work = answerRequest(engine, request, response).finally(() => running.delete(work));
    running.add(work);
  });
  return {
    ...declarations(engine),
    url: engine.url,
    async stop() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      await Promise.allSettled(running);
      server.closeAllConnections();
      await closed;
      store.close();
    },
  };
}

/** What the program declares rather than what people do. */
function declarations(engine: Engine): Pick<UserPools, "createPool" | "createClient" | "createGroup"> {
  const { store } = engine;
  return {
    createPool(urn, settings) {
      const id = poolIdOf(urn);
      store.transaction(() => savePool(store, { ...settings, id }));
      signingKey(store, id);
      return {
        id,
        arn: `arn:aws:cognito-idp:${REGION}:${ACCOUNT_ID}:userpool/${id}`,
        issuer: issuerOf(engine, id),
      };
    },
    createClient(urn, poolId, settings) {
      const id = clientIdOf(urn);
      return store.transaction(() => {
        getPool(store, poolId);
        const known = findClient(store, id)?.secret;
        const secret = settings.generateSecret ? (known ?? newClientSecret()) : undefined;
        saveClient(store, { ...settings, id, poolId, secret });
        return { id, secret };
      });
    },
    createGroup(poolId, settings) {
      store.transaction(() => {
        const pool = getPool(store, poolId);
        const now = engine.now();
        const createdAt = findGroup(engine, pool, settings.name)?.createdAt ?? now;
        saveGroup(engine, { ...settings, poolId, createdAt, modifiedAt: now });
      });
    },
  };
}

/** 51 letters and digits, as AWS makes them. */
function newClientSecret(): string {
  return BigInt(`0x1${randomBytes(36).toString("hex")}`)
    .toString(36)
    .slice(-51);
}
