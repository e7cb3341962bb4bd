import type { Provider } from "../cloud.ts";
import type { ProvisionRequest } from "../resource.ts";
import { compileFilters } from "./pattern.ts";
import { prepareStreamMapping } from "./stream.ts";

/** Lambda's own settings for a stream, which hold where a program sets nothing. */
const STREAM_BATCH_SIZE = 100;

/** Fixes where a mapping begins, and starts it once every function is defined. */
export const provideEventSourceMapping: Provider = async (request, cloud) => {
  const { inputs, name } = request;
  const service = String(inputs.eventSourceArn).split(":")[2];
  if (service !== "dynamodb") {
    throw new Error(`Event source mappings of ${service} are not known to the local cloud.`);
  }
  const mapping = await prepareStreamMapping(streamSettings(request), {
    functions: cloud.functions,
    destinations: cloud.destinations,
    url: cloud.endpoints.dynamodb,
    dataFolder: cloud.dataFolder,
    log: cloud.log,
  });
  if (inputs.enabled !== false) cloud.onReady(() => mapping.start());
  cloud.onStop(() => mapping.stop());
  return { id: name, state: { uuid: name } };
};

function streamSettings({ name, inputs }: ProvisionRequest): Parameters<typeof prepareStreamMapping>[0] {
  return {
    name,
    streamArn: inputs.eventSourceArn,
    functionName: inputs.functionName,
    startingPosition: inputs.startingPosition,
    passes: compileFilters(inputs.filterCriteria?.filters ?? []),
    batchSize: inputs.batchSize ?? STREAM_BATCH_SIZE,
    windowSeconds: inputs.maximumBatchingWindowInSeconds ?? 0,
    parallelizationFactor: inputs.parallelizationFactor ?? 1,
    policy: {
      bisectsOnError: inputs.bisectBatchOnFunctionError ?? false,
      reportsFailures: (inputs.functionResponseTypes ?? []).includes("ReportBatchItemFailures"),
      maximumRetryAttempts: inputs.maximumRetryAttempts ?? -1,
      maximumRecordAgeSeconds: inputs.maximumRecordAgeInSeconds ?? -1,
    },
    onFailure: inputs.destinationConfig?.onFailure?.destinationArn,
  };
}
