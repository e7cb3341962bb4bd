/** What the local cloud and an execution environment say to each other. */

/** The first message to an environment. */
export interface Start {
  readonly folder: string;
  /** `file.export`, relative to the folder. */
  readonly handler: string;
  readonly runtime: string;
  readonly memoryMegabytes: number;
}

/** One call. The environment gets the next one only after it has answered. */
export interface Call {
  readonly requestId: string;
  /** JSON text. */
  readonly event: string;
  /** `Root=…;Parent=…;Sampled=1` */
  readonly traceHeader: string;
  /** Milliseconds since the epoch. */
  readonly deadline: number;
  readonly context: {
    readonly functionName: string;
    readonly invokedFunctionArn: string;
    readonly memoryLimitInMB: string;
    readonly logGroupName: string;
    readonly logStreamName: string;
    readonly clientContext?: unknown;
  };
}

/** An error as Lambda's Invoke API shows it. */
export interface ErrorShape {
  readonly errorType: string;
  readonly errorMessage: string;
  readonly trace: readonly string[];
}

export type Report =
  /** The module is loaded and the handler found. */
  | { readonly type: "ready" }
  /** The module threw while it was loaded; the environment ends. */
  | { readonly type: "init-failed"; readonly error: ErrorShape }
  /** The handler answered: JSON text, `null` for undefined. */
  | { readonly type: "result"; readonly result: string; readonly memoryBytes: number }
  /** The handler threw. The environment takes further calls. */
  | { readonly type: "thrown"; readonly error: ErrorShape; readonly memoryBytes: number }
  /** Something outside the handler's promise threw; the environment ends. */
  | { readonly type: "crashed"; readonly error: ErrorShape }
  /** It holds more memory than the function may; it ends. */
  | { readonly type: "out-of-memory" }
  | {
      readonly type: "log";
      readonly level: "debug" | "info" | "warn" | "error";
      readonly text: string;
    };
