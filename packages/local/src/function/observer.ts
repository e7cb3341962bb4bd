import type { FunctionDefinition } from "../cloud.ts";
import type { Trace } from "./trace.ts";

/** Is told of every call of every function, for instance by the console's journal. */
export interface CallObserver {
  begin(call: BegunCall): CallRecording;
}

export interface BegunCall {
  readonly requestId: string;
  readonly definition: FunctionDefinition;
  readonly event: unknown;
  readonly trace: Trace;
}

/** One call while it runs. */
export interface CallRecording {
  /** Called for every line of the function during the call. */
  log(level: "debug" | "info" | "warn" | "error", text: string): void;
  /** Called once. */
  end(end: CallEnd): void;
  /** Called instead of `end` when no execution environment took the call. */
  refuse(reason: string): void;
}

export interface CallEnd {
  /** Time in the handler, without the time that loading took. */
  readonly durationMs: number;
  /** What AWS would put on the bill: whole milliseconds, loading included. */
  readonly billedMs: number;
  /** Set for the first call of an execution environment: the time that loading its module took. */
  readonly initMs: number | undefined;
  /** Resident memory of the process at the end; unknown when it did not live to tell. */
  readonly memoryBytes: number | undefined;
  /** `Type: message` of what the function threw or died of. */
  readonly error: string | undefined;
}
