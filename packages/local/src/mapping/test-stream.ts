import { randomUUID } from "node:crypto";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, onTestFinished } from "vitest";
import type { FunctionService } from "../cloud.ts";
import { createDestinations } from "../function/destination.ts";
import { testFunction, testService } from "../function/test-function.ts";
import { compileFilters } from "./pattern.ts";
import { prepareStreamMapping, type StreamMapping, type StreamMappingSettings } from "./stream.ts";
import { createJournal } from "./test-table.ts";

const SETTINGS: Omit<StreamMappingSettings, "streamArn"> = {
  name: "mapping",
  functionName: "subscriber",
  startingPosition: "LATEST",
  passes: compileFilters([]),
  batchSize: 100,
  windowSeconds: 0,
  parallelizationFactor: 1,
  policy: {
    bisectsOnError: false,
    reportsFailures: false,
    maximumRetryAttempts: -1,
    maximumRecordAgeSeconds: -1,
  },
  onFailure: undefined,
};

/** One call of a subscriber. */
interface Call {
  /** `pk/sk` of each record. */
  readonly keys: string[];
  readonly records: Record<string, unknown>[];
}

/** A function that notes the records of every call, then does what the code says. */
export function subscriber(code = "") {
  const journal = createJournal();
  const source = `
    import { appendFileSync } from "node:fs";
    const note = (line) => appendFileSync(${JSON.stringify(journal.file)}, JSON.stringify(line) + "\\n");
    const keyOf = (record) => record.dynamodb.Keys.pk.S + "/" + record.dynamodb.Keys.sk.S;
    export const handler = async (event) => {
      note({ keys: event.Records.map(keyOf), records: event.Records });
      ${code}
    };`;
  const { functions, lines } = testService([testFunction("subscriber", source)]);
  const calls = () => journal.read<Call>();
  return { functions, lines, calls, keys: () => calls().flatMap(({ keys }) => keys) };
}

/** Starts a mapping to `subscriber` that is stopped at the end of the test. */
export async function startMapping(
  functions: FunctionService,
  settings: Partial<StreamMappingSettings> & { readonly streamArn: string },
  surroundings: {
    /** Of the table engine. */
    readonly url: string;
    /** Of the queue engine, when the mapping has a failure destination. */
    readonly sqs?: string;
    readonly dataFolder?: string;
  },
): Promise<StreamMapping> {
  const destinations = createDestinations({ sqs: surroundings.sqs ?? "http://127.0.0.1:9" }, functions);
  const mapping = await prepareStreamMapping(
    { ...SETTINGS, ...settings },
    {
      functions,
      destinations,
      url: surroundings.url,
      dataFolder: surroundings.dataFolder ?? mkdtempSync(path.join(tmpdir(), "local-mapping-")),
      log: () => {},
    },
  );
  mapping.start();
  onTestFinished(async () => {
    await mapping.stop();
    destinations.stop();
  });
  return mapping;
}

export const eventually = <Value>(read: () => Value) => expect.poll(read, { timeout: 15_000, interval: 20 });

/** A table name that no other test has. */
export const tableName = () => `Table-${randomUUID()}`;
