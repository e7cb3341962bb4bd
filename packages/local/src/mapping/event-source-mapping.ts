import { createHash } from "node:crypto";
import type { Cloud, Provider } from "../cloud.ts";
import { isSupportedDestination } from "../function/destination.ts";
import type { ProvisionRequest } from "../resource.ts";
import { compileFilters } from "./pattern.ts";
import { prepareQueueMapping } from "./queue.ts";
import { compileQueueFilters } from "./queue-message.ts";
import { prepareStreamMapping } from "./stream.ts";

/** Lambda's own settings, which hold where a program sets nothing. */
const STREAM_BATCH_SIZE = 100;
const QUEUE_BATCH_SIZE = 10;
const MAXIMUM_FILTERS = 10;

/**
 * Connects a table's stream or a queue with a function, once every function is defined.
 * @throws Error when AWS would refuse a setting, or it is not known here
 */
export const provideEventSourceMapping: Provider = async (request, cloud) => {
  const { inputs } = request;
  const uuid = uuidOf(request.urn);
  const service = String(inputs.eventSourceArn).split(":")[2];
  checkRange("filterCriteria.filters", inputs.filterCriteria?.filters?.length, 0, MAXIMUM_FILTERS);
  checkRange("maximumBatchingWindowInSeconds", inputs.maximumBatchingWindowInSeconds, 0, 300);
  if (service === "dynamodb") await provideStreamMapping(request, uuid, cloud);
  else if (service === "sqs") provideQueueMapping(request, cloud);
  else throw new Error(`event source mappings of ${service} are not known.`);
  return { id: uuid, state: { uuid } };
};

async function provideStreamMapping(
  { name, inputs }: ProvisionRequest,
  uuid: string,
  cloud: Cloud,
): Promise<void> {
  checkRange("batchSize", inputs.batchSize, 1, 10_000);
  checkRange("parallelizationFactor", inputs.parallelizationFactor, 1, 10);
  checkRange("maximumRetryAttempts", inputs.maximumRetryAttempts, -1, 10_000);
  checkRange("maximumRecordAgeInSeconds", inputs.maximumRecordAgeInSeconds, -1, 604_800);
  checkRange("tumblingWindowInSeconds", inputs.tumblingWindowInSeconds, 0, 0);
  if (!["LATEST", "TRIM_HORIZON"].includes(inputs.startingPosition)) {
    throw new Error(`the starting position ${inputs.startingPosition} must be LATEST or TRIM_HORIZON.`);
  }
  const onFailure: string | undefined = inputs.destinationConfig?.onFailure?.destinationArn;
  if (onFailure && (!isSupportedDestination(onFailure) || onFailure.endsWith(".fifo"))) {
    throw new Error(`${onFailure} cannot take what failed: only standard queues and topics are known.`);
  }
  // Made now, before anything can be written to the table, so that LATEST misses nothing.
  const mapping = await prepareStreamMapping(
    {
      // The name is for people who look into the folder; the rest tells namesakes apart.
      name: `${name}-${uuid.slice(0, 8)}`,
      streamArn: inputs.eventSourceArn,
      functionName: inputs.functionName,
      startingPosition: inputs.startingPosition,
      passes: compileFilters(inputs.filterCriteria?.filters ?? []),
      batchSize: inputs.batchSize ?? STREAM_BATCH_SIZE,
      windowSeconds: inputs.maximumBatchingWindowInSeconds ?? 0,
      parallelizationFactor: inputs.parallelizationFactor ?? 1,
      policy: {
        bisectsOnError: inputs.bisectBatchOnFunctionError ?? false,
        reportsFailures: reportsFailures(inputs),
        maximumRetryAttempts: inputs.maximumRetryAttempts ?? -1,
        maximumRecordAgeSeconds: inputs.maximumRecordAgeInSeconds ?? -1,
      },
      onFailure,
    },
    {
      functions: cloud.functions,
      destinations: cloud.destinations,
      url: cloud.endpoints.dynamodb,
      dataFolder: cloud.dataFolder,
      log: cloud.log,
    },
  );
  if (inputs.enabled !== false) cloud.onOpen(() => mapping.start());
  cloud.onStop(() => mapping.stop());
}

function provideQueueMapping({ name, inputs }: ProvisionRequest, cloud: Cloud): void {
  const passes = compileQueueFilters(inputs.filterCriteria?.filters ?? []);
  cloud.onReady(async () => {
    const mapping = await prepareQueueMapping(
      {
        queueArn: inputs.eventSourceArn,
        functionName: inputs.functionName,
        passes,
        batchSize: inputs.batchSize ?? QUEUE_BATCH_SIZE,
        windowSeconds: inputs.maximumBatchingWindowInSeconds ?? 0,
        reportsFailures: reportsFailures(inputs),
        maximumConcurrency: inputs.scalingConfig?.maximumConcurrency,
      },
      cloud,
    ).catch((error: Error) => {
      throw new Error(`The event source mapping ${name} would be refused by AWS: ${error.message}`);
    });
    cloud.onStop(() => mapping.stop());
    if (inputs.enabled !== false) cloud.onOpen(() => mapping.start());
  });
}

function reportsFailures(inputs: ProvisionRequest["inputs"]): boolean {
  return (inputs.functionResponseTypes ?? []).includes("ReportBatchItemFailures");
}

function checkRange(setting: string, value: number | undefined, least: number, most: number): void {
  if (value === undefined || (value >= least && value <= most)) return;
  throw new Error(`${setting} is ${value}; on the local cloud it must be within ${least} and ${most}.`);
}

/** The same at every start, as the mapping of a deployed stage keeps its own. */
function uuidOf(urn: string): string {
  const hex = createHash("sha256").update(urn).digest("hex");
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20, 32)].join(
    "-",
  );
}
