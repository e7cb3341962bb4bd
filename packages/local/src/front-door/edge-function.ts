import { AsyncLocalStorage } from "node:async_hooks";
import { createRequire } from "node:module";
import vm from "node:vm";
import type { EdgeRequest, EdgeResponse } from "./edge-event.ts";
import type { KeyValueStore } from "./key-value-store.ts";

/** What a function asked for with `cf.updateRequestOrigin` ("Helper methods for origin modification"). */
export interface OriginUpdate {
  readonly domainName?: string;
  readonly originPath?: string;
  readonly customHeaders?: Readonly<Record<string, string>>;
  /** Seconds. */
  readonly timeouts?: { readonly readTimeout?: number; readonly connectionTimeout?: number };
  readonly customOriginConfig?: { readonly port: number; readonly protocol: "http" | "https" };
  readonly originAccessControlConfig?: { readonly enabled: boolean; readonly originType?: string };
  readonly hostHeader?: string;
}

export interface EdgeContext {
  readonly distributionDomainName: string;
  readonly distributionId: string;
  readonly requestId: string;
}

export interface EdgeOutcome<Result> {
  readonly result: Result;
  /** `undefined` when the function left the behaviour's own origin. */
  readonly origin: OriginUpdate | undefined;
}

export interface EdgeFunction {
  readonly name: string;
  /** @throws Error when the function throws or answers nothing that CloudFront takes */
  onRequest(
    request: EdgeRequest,
    viewerIp: string,
    context: EdgeContext,
  ): Promise<EdgeOutcome<EdgeRequest | EdgeResponse>>;
  onResponse(
    request: EdgeRequest,
    response: EdgeResponse,
    viewerIp: string,
    context: EdgeContext,
  ): Promise<EdgeResponse>;
}

const require = createRequire(import.meta.url);
/** "JavaScript runtime 2.0 features for CloudFront Functions": nothing else can be imported. */
const MODULES = ["buffer", "crypto", "querystring"];
const IMPORT = /^[ \t]*import\s+(\w+)\s+from\s+["']([\w:]+)["'];?/gm;

/**
 * Loads the code of an `aws:cloudfront/function:Function`. It runs in a
 * context of its own with what CloudFront's runtime has: no timers, no
 * network, no files, no process.
 *
 * @param store the associated store, if there is one
 * @param print takes what the function writes to the console
 * @throws Error when the code cannot be compiled or has no `handler`
 */
export function loadEdgeFunction(options: {
  readonly name: string;
  readonly code: string;
  readonly store: KeyValueStore | undefined;
  print(line: string): void;
}): EdgeFunction {
  const { name, store, print } = options;
  /** Calls overlap while they wait for the store, so each remembers its own origin. */
  const calls = new AsyncLocalStorage<{ origin: OriginUpdate | undefined }>();
  const context = vm.createContext(
    {
      require: (module: string) =>
        module === "cloudfront" ? cloudfront(store, calls) : importModule(module),
      console: { log: (...values: unknown[]) => print(values.map(String).join(" ")) },
      atob,
      btoa,
      Buffer,
      TextDecoder,
      TextEncoder,
    },
    { name, codeGeneration: { strings: false, wasm: false } },
  );
  const code = options.code.replace(IMPORT, 'const $1 = require("$2");');
  const handler = new vm.Script(`${code}\n;handler`, { filename: `${name}.js` }).runInContext(
    context,
  ) as unknown;
  if (typeof handler !== "function") throw new Error(`The edge function ${name} has no handler.`);

  function event(eventType: string, viewerIp: string, about: EdgeContext) {
    return { version: "1.0", context: { ...about, eventType }, viewer: { ip: viewerIp } };
  }

  return {
    name,
    onRequest(request, viewerIp, about) {
      const call: { origin: OriginUpdate | undefined } = { origin: undefined };
      return calls.run(call, async () => {
        const result = await handler({ ...event("viewer-request", viewerIp, about), request });
        if (!isRequest(result) && !isResponse(result)) {
          throw new Error(`the edge function ${name} answered neither a request nor a response`);
        }
        return { result, origin: call.origin };
      });
    },
    async onResponse(request, response, viewerIp, about) {
      const result = await handler({ ...event("viewer-response", viewerIp, about), request, response });
      if (!isResponse(result)) throw new Error(`the edge function ${name} answered no response`);
      return result;
    },
  };
}

/** The `cloudfront` module: "Helper methods for key value stores" and for origin modification. */
function cloudfront(
  store: KeyValueStore | undefined,
  calls: AsyncLocalStorage<{ origin: OriginUpdate | undefined }>,
) {
  return {
    kvs() {
      if (!store) throw new Error("No key value store is associated with this function.");
      return {
        async get(key: string, options?: { readonly format?: "string" | "json" | "bytes" }) {
          const value = store.get(key);
          if (value === undefined) throw new Error(`KeyNotFound: ${key}`);
          if (options?.format === "json") return JSON.parse(value);
          return options?.format === "bytes" ? Buffer.from(value) : value;
        },
        exists: async (key: string) => store.has(key),
        count: async () => store.size,
      };
    },
    updateRequestOrigin(origin: OriginUpdate) {
      const call = calls.getStore();
      if (!call) throw new Error("updateRequestOrigin can be called for a viewer request only.");
      // Later changes of the object by the function have no effect, as at the edge.
      call.origin = structuredClone(origin);
    },
  };
}

function importModule(module: string): unknown {
  if (MODULES.includes(module)) return require(`node:${module}`);
  throw new Error(`CloudFront Functions have no module "${module}".`);
}

export function isResponse(result: unknown): result is EdgeResponse {
  return typeof result === "object" && result !== null && "statusCode" in result;
}

function isRequest(result: unknown): result is EdgeRequest {
  return typeof result === "object" && result !== null && "uri" in result && "headers" in result;
}
