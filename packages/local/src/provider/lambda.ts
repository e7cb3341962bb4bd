import { ACCOUNT_ID, type AsyncPolicy, type Cloud, type Providers, REGION } from "../cloud.ts";
import { rewriteAddresses } from "../front-door/address.ts";
import { provideEventSourceMapping } from "../mapping/event-source-mapping.ts";
import type { ProvisionRequest } from "../resource.ts";

/** Lambda's own limits, which hold where a program sets nothing. */
const DEFAULT_TIMEOUT_SECONDS = 3;
const DEFAULT_MEMORY_MEGABYTES = 128;
const DEFAULT_RETRY_ATTEMPTS = 2;
const DEFAULT_EVENT_AGE_SECONDS = 6 * 60 * 60;

/** SST names the function's resource after its component. */
const RESOURCE_SUFFIX = /Function$/;

export const lambdaProviders: Providers = {
  "aws:lambda/function:Function": async (request, cloud) => {
    const name: string = request.inputs.name;
    const arn = `arn:aws:lambda:${REGION}:${ACCOUNT_ID}:function:${name}`;
    // Links and variables may hold the address of a distribution that is declared later.
    cloud.onReady(() => defineFunction(request, arn, cloud));
    return {
      id: name,
      state: {
        arn,
        invokeArn: `arn:aws:apigateway:${REGION}:lambda:path/2015-03-31/functions/${arn}/invocations`,
        qualifiedArn: `${arn}:1`,
        version: "1",
      },
    };
  },
  "aws:lambda/functionUrl:FunctionUrl": async ({ inputs }) => {
    const host = `${String(inputs.functionName).toLowerCase()}.lambda-url.${REGION}.on.aws`;
    return { id: inputs.functionName, state: { functionUrl: `https://${host}/` } };
  },
  "aws:lambda/functionEventInvokeConfig:FunctionEventInvokeConfig": async ({ name, inputs }, cloud) => {
    cloud.functions.setAsyncPolicy(inputs.functionName, asyncPolicy(inputs));
    return { id: name, state: {} };
  },
  "aws:lambda/invocation:Invocation": async ({ name, inputs }, cloud) => {
    cloud.onReady(async () => {
      await cloud.functions.invoke(inputs.functionName, JSON.parse(inputs.input));
    });
    return { id: name, state: {} };
  },
  "aws:lambda/eventSourceMapping:EventSourceMapping": provideEventSourceMapping,
};

function defineFunction({ name, inputs }: ProvisionRequest, arn: string, cloud: Cloud): void {
  const functionId = name.replace(RESOURCE_SUFFIX, "");
  const build = cloud.builds.get(functionId);
  if (!build) throw new Error(`Nothing was built for the function ${name}.`);
  const { reservedConcurrentExecutions: reserved = -1 } = inputs;
  cloud.functions.define({
    arn,
    name: inputs.name,
    functionId,
    folder: build.folder,
    handler: build.builtHandler,
    runtime: inputs.runtime ?? build.runtime,
    environment: rewriteAddresses(inputs.environment?.variables ?? {}, cloud),
    links: rewriteAddresses(build.links, cloud),
    timeoutSeconds: inputs.timeout ?? DEFAULT_TIMEOUT_SECONDS,
    memoryMegabytes: inputs.memorySize ?? DEFAULT_MEMORY_MEGABYTES,
    reservedConcurrency: reserved < 0 ? undefined : reserved,
    source: build.bundle ? undefined : build.handler,
  });
  const deadLetter: string | undefined = inputs.deadLetterConfig?.targetArn;
  if (deadLetter) cloud.functions.setAsyncPolicy(arn, { ...asyncPolicy({}), deadLetter });
}

function asyncPolicy(inputs: ProvisionRequest["inputs"]): AsyncPolicy {
  return {
    maximumRetryAttempts: inputs.maximumRetryAttempts ?? DEFAULT_RETRY_ATTEMPTS,
    maximumEventAgeSeconds: inputs.maximumEventAgeInSeconds ?? DEFAULT_EVENT_AGE_SECONDS,
    onFailure: inputs.destinationConfig?.onFailure?.destination,
    onSuccess: inputs.destinationConfig?.onSuccess?.destination,
    deadLetter: undefined,
  };
}
