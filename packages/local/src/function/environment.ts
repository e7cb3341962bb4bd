import type { FunctionDefinition, Log } from "../cloud.ts";
import { FunctionError } from "../cloud.ts";
import { type End, openIsolate } from "./isolate.ts";
import type { Call, ErrorShape, Report } from "./message.ts";

/** Lambda gives the module this long to load; afterwards loading counts against the function's timeout. */
const INIT_LIMIT_MS = 10_000;
/** Largest answer of a synchronous call: 6 MB, in Lambda's own counting. */
export const MAXIMUM_PAYLOAD_BYTES = 6_291_556;

/** One execution environment: it runs one call at a time, warm after the first. */
export interface ExecutionEnvironment {
  /** False when it has ended or is about to: it takes no further call. */
  readonly isAlive: boolean;
  /** Runs one call and answers JSON text. Rejects with a FunctionError. */
  run(request: { readonly requestId: string; readonly event: string }): Promise<string>;
  close(): Promise<void>;
}

/** The call that is running now. */
interface Running {
  readonly requestId: string;
  readonly event: string;
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

  const log = (level: "debug" | "info" | "warn" | "error", text: string) => {
    for (const message of text.split("\n")) options.log({ level, source: definition.name, message });
  };

  const isolate = openIsolate({ definition, variables, onReport, onEnd });

  function onReport(report: Report): void {
    switch (report.type) {
      case "log":
        log(report.level, report.text);
        break;
      case "ready":
        isReady = true;
        initMs = performance.now() - openedAt;
        post();
        break;
      case "init-failed":
        isAlive = false;
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
    const errorType = end.kind === "exit" ? "Runtime.ExitError" : "Runtime.OutOfMemory";
    failEnvironment(errorType, `Runtime exited ${end.reason}`, end.kind);
  }

  /** Sends the waiting call once the module is loaded; its time starts now. */
  function post(): void {
    if (!running || !isReady) return;
    const { requestId, event } = running;
    log("debug", `START RequestId: ${requestId} Version: $LATEST`);
    running.startedAt = performance.now();
    armTimeout(timeoutMs);
    isolate.post({ requestId, event, deadline: Date.now() + timeoutMs, context: callContext(options) });
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
    finish(memoryBytes)?.reject(new FunctionError(errorType, errorMessage, trace, kind));
  }

  function finish(memoryBytes: number | undefined): Running | undefined {
    const call = running;
    if (!call) return undefined;
    running = undefined;
    clearTimeout(call.timer);
    log("debug", `END RequestId: ${call.requestId}`);
    log("debug", reportLine(call, definition.memoryMegabytes, memoryBytes, initMs));
    initMs = undefined;
    return call;
  }

  return {
    get isAlive() {
      return isAlive;
    },
    run({ requestId, event }) {
      return new Promise((resolve, reject) => {
        running = { requestId, event, startedAt: performance.now(), timer: undefined, resolve, reject };
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

/** Lambda's REPORT line. Time to load the module is billed with the call, as it has been since August 2025. */
function reportLine(
  call: Running,
  memoryMegabytes: number,
  memoryBytes: number | undefined,
  initMs: number | undefined,
): string {
  const durationMs = performance.now() - call.startedAt;
  return [
    `REPORT RequestId: ${call.requestId}`,
    `Duration: ${durationMs.toFixed(2)} ms`,
    `Billed Duration: ${Math.ceil(durationMs + (initMs ?? 0))} ms`,
    `Memory Size: ${memoryMegabytes} MB`,
    ...(memoryBytes === undefined ? [] : [`Max Memory Used: ${Math.ceil(memoryBytes / 1024 / 1024)} MB`]),
    ...(initMs === undefined ? [] : [`Init Duration: ${initMs.toFixed(2)} ms`]),
  ].join(" ");
}
