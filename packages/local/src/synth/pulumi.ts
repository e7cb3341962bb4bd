import { createRequire } from "node:module";
import path from "node:path";
import { platformFolder } from "./platform.ts";

/**
 * The parts of Pulumi's Node.js runtime that are used here. They come from
 * `.sst/platform`, so that the components and this package share one instance;
 * their own types are there too, but only after `sst install`.
 */
export interface Pulumi {
  readonly output: unknown;
  readonly apply: unknown;
  readonly all: unknown;
  readonly interpolate: unknown;
  readonly concat: unknown;
  readonly jsonParse: unknown;
  readonly jsonStringify: unknown;
  readonly runtime: {
    setMocks(
      mocks: object,
      app: string,
      stage: string,
      preview: boolean,
      organization: string,
    ): Promise<void>;
    runInPulumiStack(program: () => Promise<object>): Promise<Record<string, unknown>>;
    registerStackTransformation(transformation: (declaration: Declaration) => undefined): void;
  };
}

/** A resource at the moment of its declaration, inside its constructor. */
export interface Declaration {
  readonly type: string;
  readonly name: string;
  readonly opts: { readonly parent?: unknown };
}

export type Callback = (error: Error | null, response: unknown) => void;

/** Generated protocol messages: only their getters and setters that are needed. */
export interface RegisterRequest {
  getType(): string;
  getName(): string;
  getParent(): string;
  getCustom(): boolean;
  getObject(): Struct | undefined;
  getIgnorechangesList(): readonly string[];
  getRetainondelete(): boolean;
}

export interface OutputsRequest {
  getUrn(): string;
  getOutputs(): Struct | undefined;
}

export interface InvokeRequest {
  getTok(): string;
  getArgs(): Struct | undefined;
}

export interface ReadRequest {
  getType(): string;
  getName(): string;
}

interface Struct {
  toJavaScript(): Record<string, unknown>;
}

interface Response {
  setUrn(urn: string): void;
  setId(id: string): void;
  setObject(state: Struct): void;
  setReturn(value: Struct): void;
  setProperties(state: Struct): void;
}

export interface Protocol {
  readonly struct: { readonly Struct: { fromJavaScript(value: object): Struct } };
  readonly resource: {
    readonly RegisterResourceResponse: new () => Response;
    readonly ReadResourceResponse: new () => Response;
  };
  readonly provider: { readonly InvokeResponse: new () => Response };
  readonly settings: { getMonitor(): object };
}

/** Answers `require` of a package that stands in `.sst/platform`. */
export function platformRequire(root: string): NodeJS.Require {
  return createRequire(path.join(platformFolder(root), "package.json"));
}

export function loadPulumi(root: string): { readonly pulumi: Pulumi; readonly protocol: Protocol } {
  const require = platformRequire(root);
  // The protocol's base package stands beside Pulumi or below it.
  const pulumiRequire = createRequire(require.resolve("@pulumi/pulumi"));
  keepNoTraces(require("@pulumi/pulumi/runtime/debuggable.js"));
  return {
    pulumi: require("@pulumi/pulumi"),
    protocol: {
      struct: pulumiRequire("google-protobuf/google/protobuf/struct_pb.js"),
      resource: require("@pulumi/pulumi/proto/resource_pb.js"),
      provider: require("@pulumi/pulumi/proto/provider_pb.js"),
      settings: require("@pulumi/pulumi/runtime/settings.js"),
    },
  };
}

interface Debuggable {
  debuggablePromise<T>(promise: Promise<T>, context: unknown): Promise<T>;
}

/**
 * Pulumi keeps a stack trace with every promise for a report of leaks that nobody asks for: at sixty lines
 * each, mapped back to their sources, half of the time that a synthesis takes.
 */
function keepNoTraces(debuggable: Debuggable): void {
  const { debuggablePromise } = debuggable;
  debuggable.debuggablePromise = (promise, context) => {
    const limit = Error.stackTraceLimit;
    Error.stackTraceLimit = 0;
    try {
      return debuggablePromise(promise, context);
    } finally {
      Error.stackTraceLimit = limit;
    }
  };
}
