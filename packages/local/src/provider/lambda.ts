import { ACCOUNT_ID, type AsyncPolicy, type Cloud, type Providers, REGION } from "../cloud.ts";
import { rewriteAddresses } from "../front-door/address.ts";
import { DEFAULT_ASYNC_POLICY } from "../function/async-queue.ts";
import { isSupportedDestination } from "../function/destination.ts";
import { functionName } from "../function/service.ts";
import { principalOf } from "../iam/principals.ts";
import { provideEventSourceMapping } from "../mapping/event-source-mapping.ts";
import type { ProvisionRequest } from "../resource.ts";

/** Lambda's own settings, which hold where a program sets nothing. */
const DEFAULT_TIMEOUT_SECONDS = 3;
const DEFAULT_MEMORY_MEGABYTES = 128;

/** SST names the function's resource after its component, which is the key of the build. */
const RESOURCE_SUFFIX = /Function$/;

/** Settings of a function that would change how it runs and that are not known here. */
const UNKNOWN_SETTINGS = ["layers", "fileSystemConfig", "durableConfig", "imageUri"];

export const lambdaProviders: Providers = {
  "aws:lambda/function:Function": async (request, cloud) => {
    const { inputs } = request;
    const unknown = UNKNOWN_SETTINGS.find((setting) => isSet(inputs[setting]));
    if (unknown) throw new Error(`functions with ${unknown} are not known.`);
    checkDestination(inputs.deadLetterConfig?.targetArn);
    const arn = arnOf(inputs.name);
    // Links and variables may hold the address of a distribution that is declared later.
    cloud.onReady(() => defineFunction(request, arn, cloud));
    return {
      id: inputs.name,
      state: { arn, invokeArn: invokeArnOf(arn), qualifiedArn: `${arn}:1`, version: "1" },
    };
  },
  // Every version and alias is the one bundle that there is.
  "aws:lambda/alias:Alias": async ({ name, inputs }) => {
    const alias: string = inputs.name ?? name;
    const arn = `${arnOf(functionName(inputs.functionName))}:${alias}`;
    return { id: arn, state: { name: alias, arn, invokeArn: invokeArnOf(arn) } };
  },
  // A cold start takes a moment here and costs nothing.
  "aws:lambda/provisionedConcurrencyConfig:ProvisionedConcurrencyConfig": async ({ name }) => ({
    id: name,
    state: {},
  }),
  "aws:lambda/functionUrl:FunctionUrl": async ({ inputs }) => {
    const name = functionName(inputs.functionName);
    // Only a name: the front door knows the function by it, and nothing resolves it.
    const functionUrl = `https://${name.toLowerCase()}.lambda-url.${REGION}.on.aws/`;
    return { id: name, state: { functionUrl, functionArn: arnOf(name) } };
  },
  "aws:lambda/functionEventInvokeConfig:FunctionEventInvokeConfig": async ({ name, inputs }, cloud) => {
    const { onFailure, onSuccess } = inputs.destinationConfig ?? {};
    checkDestination(onFailure?.destination);
    checkDestination(onSuccess?.destination);
    cloud.onReady(() => {
      cloud.functions.setAsyncPolicy(inputs.functionName, {
        maximumRetryAttempts: inputs.maximumRetryAttempts ?? DEFAULT_ASYNC_POLICY.maximumRetryAttempts,
        maximumEventAgeSeconds:
          inputs.maximumEventAgeInSeconds ?? DEFAULT_ASYNC_POLICY.maximumEventAgeSeconds,
        onFailure: onFailure?.destination,
        onSuccess: onSuccess?.destination,
        deadLetter: deadLetterOf(inputs.functionName, cloud),
      });
    });
    return { id: name, state: {} };
  },
  "aws:lambda/invocation:Invocation": async ({ name, inputs }, cloud) => {
    cloud.onReady(async () => {
      try {
        await cloud.functions.invoke(inputs.functionName, JSON.parse(inputs.input));
      } catch (error) {
        const called = functionName(inputs.functionName);
        throw new Error(
          `The function ${called}, called once at the start, failed: ${(error as Error).message}`,
        );
      }
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
  // Without a role no deployment takes a function; tests of single parts have none.
  if (inputs.role) cloud.iam.define(principalOf({ name: inputs.name }, cloud.resources));
  const deadLetter = deadLetterOf(inputs.name, cloud);
  const policy: AsyncPolicy = { ...DEFAULT_ASYNC_POLICY, deadLetter };
  if (deadLetter) cloud.functions.setAsyncPolicy(arn, policy);
}

/** The dead-letter queue is a setting of the function, beside its asynchronous policy. */
function deadLetterOf(nameOrArn: string, cloud: Cloud): string | undefined {
  const name = functionName(nameOrArn);
  const declared = cloud.resources.find(
    ({ type, inputs }) => type === "aws:lambda/function:Function" && inputs.name === name,
  );
  return declared?.inputs.deadLetterConfig?.targetArn;
}

function checkDestination(arn: string | undefined): void {
  if (arn && !isSupportedDestination(arn)) throw new Error(`${arn} cannot take events here.`);
}

function isSet(value: unknown): boolean {
  return value !== undefined && value !== null && !(Array.isArray(value) && value.length === 0);
}

function arnOf(name: string): string {
  return `arn:aws:lambda:${REGION}:${ACCOUNT_ID}:function:${name}`;
}

function invokeArnOf(arn: string): string {
  return `arn:aws:apigateway:${REGION}:lambda:path/2015-03-31/functions/${arn}/invocations`;
}
