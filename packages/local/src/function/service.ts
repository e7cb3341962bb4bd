import { randomUUID } from "node:crypto";
import {
  type AsyncPolicy,
  type FunctionDefinition,
  FunctionError,
  type FunctionService,
  type Log,
} from "../cloud.ts";
import { createAsyncQueue, DEFAULT_ASYNC_POLICY } from "./async-queue.ts";
import { type Clock, systemClock } from "./clock.ts";
import type { Destinations } from "./destination.ts";
import type { CallObserver } from "./observer.ts";
import { createPools } from "./pool.ts";
import { traceHeader, traceOf } from "./trace.ts";

/**
 * Lambda on this machine: functions by name and ARN, synchronous and
 * asynchronous calls, each call alone in an execution environment.
 */
export function createFunctionService(options: {
  /** Variables below the function's own, see `engineVariables`. Asked for at every cold start. */
  baseEnvironment(definition: FunctionDefinition): Record<string, string>;
  /** Where events go that failed for good, see `createDestinations`. */
  readonly destinations: Pick<Destinations, "deliver">;
  readonly log: Log;
  readonly clock?: Clock;
  readonly observer?: CallObserver;
  /** Execution environments at once; chosen by the machine's memory when absent. */
  readonly maximumEnvironments?: number;
  /** Environments that start at once; as many as the machine has processors when absent. */
  readonly maximumStarts?: number;
}): FunctionService {
  const definitions = new Map<string, FunctionDefinition>();
  const policies = new Map<string, AsyncPolicy>();
  const pools = createPools(options);
  const queue = createAsyncQueue({
    run,
    policyOf: ({ name }) => policies.get(name) ?? DEFAULT_ASYNC_POLICY,
    destinations: options.destinations,
    clock: options.clock ?? systemClock,
    log: options.log,
  });

  /** Runs one call, which continues the trace that its event or its caller carries. */
  async function run(
    definition: FunctionDefinition,
    payload: unknown,
    requestId: string,
    callerTrace?: string,
  ): Promise<unknown> {
    const event = JSON.stringify(payload ?? null);
    const trace = traceOf(payload, callerTrace);
    const recording = options.observer?.begin({ requestId, definition, event: payload, trace });
    const request = { requestId, event, traceHeader: traceHeader(trace), recording };
    try {
      const result = await pools.run(definition.name, (environment) => environment.run(request));
      return JSON.parse(result);
    } catch (error) {
      if (!(error instanceof FunctionError)) recording?.refuse((error as Error).message);
      throw error;
    }
  }

  function find(nameOrArn: string): FunctionDefinition {
    const definition = definitions.get(functionName(nameOrArn));
    if (!definition) throw new Error(`Function not found: ${nameOrArn}`);
    return definition;
  }

  return {
    define(definition) {
      definitions.set(definition.name, definition);
      pools.define(definition);
    },
    setAsyncPolicy(functionArn, policy) {
      policies.set(find(functionArn).name, policy);
    },
    get: (nameOrArn) => definitions.get(functionName(nameOrArn)),
    invoke: async (nameOrArn, event, trace) => run(find(nameOrArn), event, randomUUID(), trace),
    // The copy is what a queue would hold: later changes by the caller must not show.
    invokeAsync: (nameOrArn, event, trace) =>
      queue.add(find(nameOrArn), JSON.parse(JSON.stringify(event ?? null)), trace),
    async reload(functionId) {
      const owned = [...definitions.values()].filter((definition) => definition.functionId === functionId);
      await Promise.all(owned.map(({ name }) => pools.reload(name)));
    },
    async stop() {
      queue.stop();
      await pools.stop();
    },
  };
}

/**
 * The name in what AWS accepts as one: a name, an ARN, a partial ARN
 * (`123456789012:function:name`), each with or without a version or alias.
 */
export function functionName(nameOrArn: string): string {
  const arn = /(?:^|:)function:([^:]+)/.exec(nameOrArn);
  return arn?.[1] ?? nameOrArn.split(":")[0] ?? nameOrArn;
}
