import type { Cloud } from "../cloud.ts";
import type { Resource } from "../resource.ts";
import { DEFAULT_ERROR_SECONDS } from "./cache/lifetime.ts";
import { type CachePolicy, readCachePolicy } from "./cache/policy.ts";
import type { Encoding } from "./compression.ts";
import { type EdgeFunction, loadEdgeFunction } from "./edge-function.ts";
import { keyValueStore } from "./key-value-store.ts";

/** A declared `aws:cloudfront/distribution:Distribution`, ready to route requests. */
export interface Distribution {
  readonly id: string;
  readonly arn: string;
  readonly domainName: string;
  /** In the order in which they are tried; the last one takes every path. */
  readonly behaviors: readonly Behavior[];
  /** Seconds that an error is kept at least, by status; others have CloudFront's own. */
  readonly errorSeconds: ReadonlyMap<number, number>;
}

export interface Behavior {
  readonly path: RegExp;
  readonly origin: DeclaredOrigin;
  readonly allowedMethods: readonly string[];
  readonly viewerRequest: EdgeFunction | undefined;
  readonly viewerResponse: EdgeFunction | undefined;
  /** Encodings that the front door makes, the preferred one first. */
  readonly encodings: readonly Encoding[];
  /** `undefined` for a behaviour without a policy, whose answers are not kept. */
  readonly cachePolicy: CachePolicy | undefined;
}

/** The origin of a behaviour, which an edge function may replace. */
export interface DeclaredOrigin {
  readonly domainName: string;
  /** For instance `/_assets`, or empty. */
  readonly path: string;
  readonly protocol: "http" | "https";
  readonly timeoutSeconds: number;
}

const DEFAULT_TIMEOUT_SECONDS = 30;

/** @throws Error with one sentence for a setting that the front door cannot honour */
export function readDistributions(cloud: Cloud): Distribution[] {
  const functions = new Map<string, EdgeFunction>();
  const edgeFunction = (arn: string): EdgeFunction => {
    const known = functions.get(arn) ?? loadDeclared(arn, cloud);
    functions.set(arn, known);
    return known;
  };
  return cloud.resources
    .filter(({ type }) => type === "aws:cloudfront/distribution:Distribution")
    .map(({ name, id, inputs, state }) => ({
      id,
      arn: String(state.arn),
      domainName: String(state.domainName),
      behaviors: [
        ...(inputs.orderedCacheBehaviors ?? []),
        { ...inputs.defaultCacheBehavior, pathPattern: "*" },
      ].map((behavior) => readBehavior(name, behavior, inputs.origins ?? [], cloud, edgeFunction)),
      errorSeconds: readErrorSeconds(name, inputs.customErrorResponses ?? []),
    }));
}

type Inputs = Resource["inputs"];

function readBehavior(
  distribution: string,
  behavior: Inputs,
  origins: readonly Inputs[],
  cloud: Cloud,
  edgeFunction: (arn: string) => EdgeFunction,
): Behavior {
  const refuse = (what: string) =>
    new Error(`The front door has no ${what}, which the distribution ${distribution} asks for.`);
  if (behavior.lambdaFunctionAssociations?.length > 0) throw refuse("Lambda@Edge");
  if (behavior.responseHeadersPolicyId) throw refuse("response headers policies");
  const { cachePolicyId } = behavior;
  const cachePolicy = cachePolicyId ? readCachePolicy(cachePolicyId, cloud) : undefined;
  const origin = origins.find(({ originId }) => originId === behavior.targetOriginId);
  if (!origin) throw refuse(`origin ${behavior.targetOriginId}`);
  const associated = (eventType: string) => {
    const found = behavior.functionAssociations?.find((one: Inputs) => one.eventType === eventType);
    return found ? edgeFunction(found.functionArn) : undefined;
  };
  return {
    path: toRegExp(behavior.pathPattern),
    origin: {
      domainName: origin.domainName,
      path: origin.originPath ?? "",
      protocol: origin.customOriginConfig?.originProtocolPolicy === "http-only" ? "http" : "https",
      timeoutSeconds: origin.customOriginConfig?.originReadTimeout ?? DEFAULT_TIMEOUT_SECONDS,
    },
    allowedMethods: behavior.allowedMethods ?? ["GET", "HEAD"],
    viewerRequest: associated("viewer-request"),
    viewerResponse: associated("viewer-response"),
    encodings: behavior.compress ? (cachePolicy?.encodings ?? []) : [],
    cachePolicy,
  };
}

function loadDeclared(arn: string, cloud: Cloud): EdgeFunction {
  const declared = cloud.resources.find(
    ({ type, state }) => type === "aws:cloudfront/function:Function" && state.arn === arn,
  );
  if (!declared) throw new Error(`There is no edge function ${arn}.`);
  const { name, inputs } = declared;
  const store = inputs.keyValueStoreAssociations?.[0];
  return loadEdgeFunction({
    name,
    code: inputs.code,
    store: store ? keyValueStore(cloud, store) : undefined,
    print: (message) => cloud.log({ level: "info", source: name, message }),
  });
}

function readErrorSeconds(distribution: string, declared: readonly Inputs[]): ReadonlyMap<number, number> {
  const withPage = declared.find(({ responsePagePath }) => responsePagePath);
  if (withPage) {
    throw new Error(
      `The front door has no custom error pages, which the distribution ${distribution} asks for.`,
    );
  }
  return new Map(
    declared.map(({ errorCode, errorCachingMinTtl }) => [
      errorCode,
      errorCachingMinTtl ?? DEFAULT_ERROR_SECONDS,
    ]),
  );
}

/** `*` stands for any text, `?` for one character; the slash in front may be missing. */
function toRegExp(pattern: string): RegExp {
  const escaped = pattern.replace(/^\//, "").replaceAll(/[.+^${}()|[\]\\]/g, "\\$&");
  return new RegExp(`^/${escaped.replaceAll("*", ".*").replaceAll("?", ".")}$`, "s");
}
