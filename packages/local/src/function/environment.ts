import type { FunctionDefinition, Log } from "../cloud.ts";
import { FunctionError } from "../cloud.ts";
import { type End, openIsolate } from "./isolate.ts";
import type { Call, ErrorShape, Report } from "./message.ts";
import type { CallEnd, CallRecording } from "./observer.ts";

/** Lambda gives the module this long to load; afterwards loading counts against the function's timeout. */
const INIT_LIMIT_MS = 10_000;
/** Largest answer of a synchronous call: 6 MB, in Lambda's own counting. */
export const MAXIMUM_PAYLOAD_BYTES = 6_291_556;

export interface CallRequest {
  readonly requestId: string;
  /** JSON text. */
  readonly event: string;
  /** For `_X_AMZN_TRACE_ID`. */
  readonly traceHeader: string;
  readonly recording?: CallRecording | undefined;
}

/** One execution environment: it runs one call at a time, warm after the first. */
export interface ExecutionEnvironment {
  /** False when it has ended or is about to: it takes no further call. */
  readonly isAlive: boolean;
  /** Settles when its module is loaded, or never will be. */
  readonly started: Promise<void>;
  /** Runs one call and answers JSON text. Rejects with a FunctionError. */
  run(request: CallRequest): Promise<string>;
  close(): Promise<void>;
}

/** The call that is running now. */
interface Running extends CallRequest {
  startedAt: number;
  timer: NodeJS.Timeout | undefined;
  resolve(result: string): void;
  reject(error: FunctionError): void;
}

export function openEnvironment(options: {
  readonly definition: FunctionDefinition;
  readonly variables: Readonly<Record<string, string>>;
  readonly log: Log;
}): ExecutionEnvironment {
  const { definition, variables } = options;
  const timeoutMs = definition.timeoutSeconds * 1000;
  const openedAt = performance.now();
  let isAlive = true;
  /** Time to load the module, kept until the first call has reported it. */
  let initMs: number | undefined;
  let isReady = false;
  let initError: ErrorShape | undefined;
  let running: Running | undefined;
  const { promise: started, resolve: endStart } = Promise.withResolvers<void>();

  const log = (level: "debug" | "info" | "warn" | "error", text: string) => {
    for (const message of text.split("\n")) options.log({ level, source: definition.name, message });
    running?.recording?.log(level, text);
  };
  /** A line of Lambda's own. */
  const say = (message: string) => options.log({ level: "debug", source: definition.name, message });

  const isolate = openIsolate({ definition, variables, onReport, onEnd });

  function onReport(report: Report): void {
    switch (report.type) {
      case "log":
        log(report.level, report.text);
        break;
      case "ready":
        isReady = true;
        endStart();
        initMs = performance.now() - openedAt;
        post();
        break;
      case "init-failed":
        isAlive = false;
        endStart();
        initError = report.error;
        fail(report.error, "thrown");
        break;
      case "crashed":
        isAlive = false;
        if (!running) log("error", report.error.trace.join("\n"));
        fail(report.error, "thrown");
        break;
      case "out-of-memory":
        isAlive = false;
        break;
      case "thrown":
        fail(report.error, "thrown", report.memoryBytes);
        break;
      case "result":
        succeed(report.result, report.memoryBytes);
    }
  }

  function onEnd(end: End): void {
    isAlive = false;
    endStart();
    const errorType = end.kind === "exit" ? "Runtime.ExitError" : "Runtime.OutOfMemory";
    failEnvironment(errorType, `Runtime exited ${end.reason}`, end.kind);
  }

  /** Sends the waiting call once the module is loaded; its time starts now. */
  function post(): void {
    if (!running || !isReady) return;
    const { requestId, event, traceHeader } = running;
    say(`START RequestId: ${requestId} Version: $LATEST`);
    running.startedAt = performance.now();
    armTimeout(timeoutMs);
    const deadline = Date.now() + timeoutMs;
    isolate.post({ requestId, event, traceHeader, deadline, context: callContext(options) });
  }

  function armTimeout(milliseconds: number): void {
    if (!running) return;
    clearTimeout(running.timer);
    running.timer = setTimeout(() => {
      isAlive = false;
      const seconds = definition.timeoutSeconds.toFixed(2);
      failEnvironment("Sandbox.Timedout", `Task timed out after ${seconds} seconds`, "timeout");
      void isolate.terminate();
    }, milliseconds);
  }

  function succeed(result: string, memoryBytes: number): void {
    const size = Buffer.byteLength(result);
    if (size > MAXIMUM_PAYLOAD_BYTES) {
      const message = `Response payload size exceeded maximum allowed payload size (${MAXIMUM_PAYLOAD_BYTES} bytes).`;
      const error = { errorType: "Function.ResponseSizeTooLarge", errorMessage: message, trace: [] };
      fail(error, "thrown", memoryBytes);
    } else {
      finish(memoryBytes)?.resolve(result);
    }
  }

  /** Ends the running call with an error of the environment, worded as Lambda does. */
  function failEnvironment(errorType: string, message: string, kind: FunctionError["kind"]): void {
    if (!running) return;
    const errorMessage = `RequestId: ${running.requestId} Error: ${message}`;
    fail({ errorType, errorMessage, trace: [] }, kind);
  }

  function fail(error: ErrorShape, kind: FunctionError["kind"], memoryBytes?: number): void {
    if (!running) return;
    const { errorType, errorMessage, trace } = error;
    log("error", trace.length > 0 ? trace.join("\n") : `${errorType}: ${errorMessage}`);
    const call = finish(memoryBytes, `${errorType}: ${errorMessage}`);
    call?.reject(new FunctionError(errorType, errorMessage, trace, kind));
  }

  function finish(memoryBytes: number | undefined, error?: string): Running | undefined {
    const call = running;
    if (!call) return undefined;
    running = undefined;
    clearTimeout(call.timer);
    const durationMs = performance.now() - call.startedAt;
    // Time to load the module is billed with the call, as it has been since August 2025.
    const billedMs = Math.ceil(durationMs + (initMs ?? 0));
    const end: CallEnd = { durationMs, billedMs, initMs, memoryBytes, error };
    say(`END RequestId: ${call.requestId}`);
    say(reportLine(call.requestId, definition.memoryMegabytes, end));
    call.recording?.end(end);
    initMs = undefined;
    return call;
  }

  return {
    get isAlive() {
      return isAlive;
    },
    started,
    run(request) {
      return new Promise((resolve, reject) => {
        running = { ...request, startedAt: performance.now(), timer: undefined, resolve, reject };
        if (initError) fail(initError, "thrown");
        else if (!isAlive) failEnvironment("Runtime.ExitError", "Runtime exited before the call", "exit");
        else if (isReady) post();
        else armTimeout(INIT_LIMIT_MS + timeoutMs - (performance.now() - openedAt));
      });
    },
    async close() {
      isAlive = false;
      await isolate.terminate();
    },
  };
}

function callContext(options: {
  readonly definition: FunctionDefinition;
  readonly variables: Readonly<Record<string, string>>;
}): Call["context"] {
  const { definition, variables } = options;
  return {
    functionName: definition.name,
    invokedFunctionArn: definition.arn,
    memoryLimitInMB: String(definition.memoryMegabytes),
    logGroupName: variables.AWS_LAMBDA_LOG_GROUP_NAME ?? "",
    logStreamName: variables.AWS_LAMBDA_LOG_STREAM_NAME ?? "",
  };
}

/** Lambda's REPORT line. */
function reportLine(
  requestId: string,
  memoryMegabytes: number,
  { durationMs, billedMs, memoryBytes, initMs }: CallEnd,
): string {
  return [
    `REPORT RequestId: ${requestId}`,
    `Duration: ${durationMs.toFixed(2)} ms`,
    `Billed Duration: ${billedMs} ms`,
    `Memory Size: ${memoryMegabytes} MB`,
    ...(memoryBytes === undefined ? [] : [`Max Memory Used: ${Math.ceil(memoryBytes / 1024 / 1024)} MB`]),
    ...(initMs === undefined ? [] : [`Init Duration: ${initMs.toFixed(2)} ms`]),
  ].join(" ");
}
