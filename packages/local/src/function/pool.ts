import { availableParallelism, totalmem } from "node:os";
import { type FunctionDefinition, type Log, TooManyRequestsError } from "../cloud.ts";
import { type ExecutionEnvironment, openEnvironment } from "./environment.ts";
import { functionVariables } from "./variables.ts";

/** AWS's default limit of concurrent calls of one account and region. */
const ACCOUNT_CONCURRENCY = 1000;
/** An idle environment is ended after this time; AWS says "some minutes". */
const IDLE_MS = 5 * 60_000;
const IDLE_CHECK_MS = 30_000;
/** A process with an AWS SDK takes about this much. */
const ENVIRONMENT_BYTES = 64 * 1024 * 1024;

/** One function's environments. */
interface Pool {
  readonly definition: FunctionDefinition;
  /** Warm ones, the last used at the end: it is used first. */
  readonly idle: { readonly environment: ExecutionEnvironment; readonly since: number }[];
  /** Calls that run or wait for an environment. */
  calls: number;
  /** Raised by a reload: older environments take no further call. */
  generation: number;
}

interface Waiter {
  readonly pool: Pool;
  grant(environment: ExecutionEnvironment): void;
  reject(error: Error): void;
}

export interface EnvironmentPools {
  define(definition: FunctionDefinition): void;
  /**
   * Lends an environment for one call.
   * @throws TooManyRequestsError above the function's reserved concurrency or the account's
   */
  run<T>(functionName: string, use: (environment: ExecutionEnvironment) => Promise<T>): Promise<T>;
  /** Ends a function's environments, those in use after their call. */
  reload(functionName: string): Promise<void>;
  stop(): Promise<void>;
}

/**
 * Opens, keeps and ends execution environments. As on AWS a call gets its own
 * environment, and is refused above the function's reserved concurrency and
 * above 1000 calls of all functions. Unlike on AWS there are only so many
 * environments at once as the machine has memory for, and as many start at once
 * as it has processors: further calls wait for a free one, because AWS would
 * have had room for them. Without that a crowd starts one process each, which
 * hold one another up until none of them has loaded in time.
 */
export function createPools(options: {
  baseEnvironment(definition: FunctionDefinition): Record<string, string>;
  readonly log: Log;
  /** Environments at once. */
  readonly maximumEnvironments?: number;
  /** Environments that start at once. */
  readonly maximumStarts?: number;
}): EnvironmentPools {
  const maximum =
    options.maximumEnvironments ?? Math.min(200, Math.max(8, Math.floor(totalmem() / 4 / ENVIRONMENT_BYTES)));
  const maximumStarts = options.maximumStarts ?? availableParallelism();
  const pools = new Map<string, Pool>();
  /** Each with the generation of its pool when it was opened. */
  const open = new Map<ExecutionEnvironment, number>();
  const waiters: Waiter[] = [];
  let calls = 0;
  let starts = 0;
  let isStopping = false;

  const idleCheck = setInterval(() => {
    const before = Date.now() - IDLE_MS;
    for (const { idle } of pools.values()) {
      while (idle[0] && idle[0].since < before) void close(idle.shift()?.environment);
    }
  }, IDLE_CHECK_MS);
  idleCheck.unref();

  async function close(environment: ExecutionEnvironment | undefined): Promise<void> {
    if (!environment) return;
    open.delete(environment);
    await environment.close();
  }

  function acquire(pool: Pool): Promise<ExecutionEnvironment> {
    for (let last = pool.idle.pop(); last; last = pool.idle.pop()) {
      if (last.environment.isAlive) return Promise.resolve(last.environment);
      void close(last.environment);
    }
    return new Promise((grant, reject) => {
      waiters.push({ pool, grant, reject });
      startForWaiters();
    });
  }

  /** Opens environments for those who wait, as far as the machine has room. */
  function startForWaiters(): void {
    while (waiters.length > 0 && starts < maximumStarts) {
      if (open.size >= maximum) closeLeastRecentlyUsed();
      if (open.size >= maximum) return;
      const next = waiters.shift();
      next?.grant(openFor(next.pool));
    }
  }

  function openFor({ definition, generation }: Pool): ExecutionEnvironment {
    const variables = functionVariables(definition, options.baseEnvironment(definition));
    const environment = openEnvironment({ definition, variables, log: options.log });
    open.set(environment, generation);
    starts++;
    void environment.started.then(() => {
      starts--;
      startForWaiters();
    });
    return environment;
  }

  function closeLeastRecentlyUsed(): void {
    const candidates = [...pools.values()].filter(({ idle }) => idle.length > 0);
    candidates.sort((a, b) => (a.idle[0]?.since ?? 0) - (b.idle[0]?.since ?? 0));
    void close(candidates[0]?.idle.shift()?.environment);
  }

  function release(pool: Pool, environment: ExecutionEnvironment): void {
    const isOfUse = environment.isAlive && open.get(environment) === pool.generation && !isStopping;
    if (!isOfUse || isRoomWanted(pool)) {
      void close(environment);
    } else {
      const next = waiters.findIndex((waiter) => waiter.pool === pool);
      if (next >= 0) waiters.splice(next, 1)[0]?.grant(environment);
      else pool.idle.push({ environment, since: Date.now() });
    }
    startForWaiters();
  }

  /** Whether the machine is full and a call of another function waits longest. */
  function isRoomWanted(pool: Pool): boolean {
    const first = waiters[0];
    return first !== undefined && first.pool !== pool && open.size >= maximum && starts < maximumStarts;
  }

  function poolOf(functionName: string): Pool {
    const pool = pools.get(functionName);
    if (!pool) throw new Error(`Function not found: ${functionName}`);
    return pool;
  }

  function checkLimits({ definition, calls: own }: Pool): void {
    const reserved = definition.reservedConcurrency;
    if (reserved !== undefined && own >= reserved) {
      throw new TooManyRequestsError(
        `Rate Exceeded: ${definition.name} has a reserved concurrency of ${reserved}.`,
      );
    }
    if (calls >= ACCOUNT_CONCURRENCY) {
      throw new TooManyRequestsError(`Rate Exceeded: ${ACCOUNT_CONCURRENCY} calls run already.`);
    }
  }

  return {
    define(definition) {
      pools.set(definition.name, { definition, idle: [], calls: 0, generation: 0 });
    },
    async run(functionName, use) {
      if (isStopping) throw new Error("The local cloud is stopping.");
      const pool = poolOf(functionName);
      checkLimits(pool);
      pool.calls++;
      calls++;
      try {
        const environment = await acquire(pool);
        try {
          return await use(environment);
        } finally {
          release(pool, environment);
        }
      } finally {
        pool.calls--;
        calls--;
      }
    },
    async reload(functionName) {
      const pool = poolOf(functionName);
      pool.generation++;
      await Promise.all(pool.idle.splice(0).map(({ environment }) => close(environment)));
    },
    async stop() {
      isStopping = true;
      clearInterval(idleCheck);
      for (const waiter of waiters.splice(0)) waiter.reject(new Error("The local cloud is stopping."));
      await Promise.all([...open.keys()].map(close));
    },
  };
}
