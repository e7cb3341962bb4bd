/**
 * The inside of one execution environment: Lambda's Node.js runtime, small.
 * It runs in a process whose folder is the bundle's, which has no variable but
 * the function's own and takes one call at a time.
 */
import { formatWithOptions, types } from "node:util";
import { type Handler, loadHandler, RuntimeError } from "./handler.ts";
import type { Call, ErrorShape, Report, Start } from "./message.ts";
import { awslambda } from "./streaming.ts";

/** How often the memory is compared with the function's limit: V8 watches only the heap, not the buffers outside it. */
const MEMORY_CHECK_MS = 100;

type Level = Extract<Report, { type: "log" }>["level"];

const send = (report: Report, sent?: () => void) =>
  process.send?.(report, undefined, undefined, () => sent?.());

captureOutput();
Object.assign(globalThis, { awslambda });
process.on("uncaughtException", (error) => crash(toErrorShape(error), 129));
process.on("unhandledRejection", (reason) => {
  const { errorType, errorMessage, trace } = toErrorShape(reason);
  const isError = types.isNativeError(reason);
  const message = isError ? `${errorType}: ${errorMessage}` : String(reason);
  const name = "Runtime.UnhandledPromiseRejection";
  crash(
    {
      errorType: name,
      errorMessage: message,
      trace: [`${name}: ${message}`, ...trace.slice(isError ? 1 : 0)],
    },
    128,
  );
});

// The local cloud is gone: nobody waits for an answer any more.
process.once("disconnect", () => process.exit(0));
process.once("message", (start) => serve(start as Start));

function serve(start: Start): void {
  const limitBytes = start.memoryMegabytes * 1024 * 1024;
  setInterval(() => {
    if (process.memoryUsage.rss() > limitBytes) send({ type: "out-of-memory" }, () => process.exit(137));
  }, MEMORY_CHECK_MS).unref();
  const loading = loadHandler(start.folder, start.handler).then((handler) => checkSignature(handler, start));
  loading.then(
    () => send({ type: "ready" }),
    (error) => send({ type: "init-failed", error: toErrorShape(error) }, () => process.exit(1)),
  );
  process.on("message", async (call) => answer(await loading, call as Call, start));
}

async function answer(handler: Handler, call: Call, start: Start): Promise<void> {
  process.env._X_AMZN_TRACE_ID = call.traceHeader;
  const context = {
    ...call.context,
    awsRequestId: call.requestId,
    functionVersion: "$LATEST",
    callbackWaitsForEmptyEventLoop: true,
    // Measured by the clock of the machine, whatever time the code has been given.
    getRemainingTimeInMillis: () => Math.max(0, call.deadline - (performance.timeOrigin + performance.now())),
  };
  let report: Report;
  try {
    const result = await run(handler, JSON.parse(call.event), context, start);
    report = { type: "result", result: toJson(result), memoryBytes: process.memoryUsage.rss() };
  } catch (error) {
    report = { type: "thrown", error: toErrorShape(error), memoryBytes: process.memoryUsage.rss() };
  }
  send(report);
}

/** Runs an async handler, or, up to nodejs22.x, one that takes a callback. */
function run(handler: Handler, event: unknown, context: unknown, start: Start): unknown {
  if (!takesCallback(handler, start)) return handler(event, context, undefined);
  return new Promise((resolve, reject) => {
    const callback = (error: unknown, result: unknown) =>
      error === null || error === undefined ? resolve(result) : reject(error);
    const returned = handler(event, context, callback);
    // Handlers that declare a callback and are async all the same end with their promise.
    if (types.isPromise(returned)) returned.then(resolve, reject);
  });
}

function takesCallback(handler: Handler, start: Start): boolean {
  return handler.length >= 3 && majorVersion(start.runtime) < 24;
}

/** Since nodejs24.x Lambda refuses handlers that declare a third parameter. */
function checkSignature(handler: Handler, start: Start): Handler {
  if (handler.length >= 3 && majorVersion(start.runtime) >= 24) {
    throw new RuntimeError(
      "Runtime.CallbackHandlerDeprecated",
      `${start.runtime} has no callback-based handlers: ${start.handler} must be async and take (event, context).`,
    );
  }
  return handler;
}

function majorVersion(runtime: string): number {
  return Number(/^nodejs(\d+)/.exec(runtime)?.[1] ?? 24);
}

function toJson(result: unknown): string {
  try {
    return JSON.stringify(result === undefined ? null : result) ?? "null";
  } catch {
    throw new Error("Unable to stringify response body");
  }
}

function toErrorShape(error: unknown): ErrorShape {
  if (types.isNativeError(error)) {
    const trace = (error.stack ?? `${error.name}: ${error.message}`).split("\n");
    return { errorType: error.name, errorMessage: error.message, trace };
  }
  return { errorType: typeof error, errorMessage: String(error), trace: [] };
}

function crash(error: ErrorShape, exitCode: number): void {
  send({ type: "crashed", error }, () => process.exit(exitCode));
}

/** Sends console calls with their level, and what is written to the streams directly, in order. */
function captureOutput(): void {
  const levels = {
    debug: "debug",
    log: "info",
    info: "info",
    warn: "warn",
    error: "error",
    trace: "info",
  } as const;
  for (const [method, level] of Object.entries(levels)) {
    console[method as keyof typeof levels] = (...values: unknown[]) =>
      send({ type: "log", level, text: formatWithOptions({ colors: false }, ...values) });
  }
  captureStream(process.stdout, "info");
  captureStream(process.stderr, "error");
}

function captureStream(stream: NodeJS.WriteStream, level: Level): void {
  stream.write = ((chunk: string | Uint8Array, ...rest: unknown[]) => {
    const text = typeof chunk === "string" ? chunk : Buffer.from(chunk).toString();
    const done = rest.find((value) => typeof value === "function") as (() => void) | undefined;
    send({ type: "log", level, text: text.replace(/\n$/, "") });
    if (done) process.nextTick(done);
    return true;
  }) as typeof stream.write;
}
