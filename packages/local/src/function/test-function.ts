import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, onTestFinished } from "vitest";
import {
  ACCOUNT_ID,
  type FunctionDefinition,
  FunctionError,
  type FunctionService,
  type Log,
  REGION,
} from "../cloud.ts";
import type { Clock } from "./clock.ts";
import type { Destinations } from "./destination.ts";
import { createFunctionService } from "./service.ts";

/** A function definition for tests whose bundle is the given source, with `handler` as its export. */
export function testFunction(
  name: string,
  source: string,
  changes: Partial<FunctionDefinition> = {},
): FunctionDefinition {
  const folder = mkdtempSync(path.join(tmpdir(), "local-function-"));
  writeFileSync(path.join(folder, "index.mjs"), source);
  return {
    arn: `arn:aws:lambda:${REGION}:${ACCOUNT_ID}:function:${name}`,
    name,
    functionId: name,
    folder,
    handler: "index.handler",
    runtime: "nodejs24.x",
    environment: {},
    links: {},
    timeoutSeconds: 10,
    memoryMegabytes: 128,
    reservedConcurrency: undefined,
    source: undefined,
    ...changes,
  };
}

export interface TestService {
  readonly functions: FunctionService;
  readonly lines: { readonly level: string; readonly source: string; readonly message: string }[];
}

/** A function service that is stopped at the end of the test, and what it logged. */
export function testService(
  definitions: readonly FunctionDefinition[],
  options: {
    readonly baseEnvironment?: Readonly<Record<string, string>>;
    readonly destinations?: Pick<Destinations, "deliver">;
    readonly clock?: Clock;
    readonly maximumEnvironments?: number;
    readonly maximumStarts?: number;
  } = {},
): TestService {
  const lines: TestService["lines"] = [];
  const log: Log = (line) => void lines.push(line);
  const { baseEnvironment = {}, destinations = { deliver: async () => {} }, ...rest } = options;
  const functions = createFunctionService({
    ...rest,
    baseEnvironment: () => ({ ...baseEnvironment }),
    destinations,
    log,
  });
  for (const definition of definitions) functions.define(definition);
  onTestFinished(() => functions.stop());
  return { functions, lines };
}

/** The error of a call that has to fail. */
export async function failure(call: Promise<unknown>): Promise<FunctionError> {
  const error = await call.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(FunctionError);
  return error as FunctionError;
}
