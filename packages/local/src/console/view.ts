/** What the console's server sends and its page shows. Times are milliseconds since the epoch. */

export type Level = "debug" | "info" | "warn" | "error";

export type Outcome = "running" | "ok" | "failed" | "refused";

/** One call of a function. */
export interface CallView {
  /** Unique in this run; the later call has the higher one. */
  readonly id: number;
  readonly requestId: string;
  /** Physical name. */
  readonly functionName: string;
  /** What caused it, in one line. */
  readonly trigger: string;
  readonly traceId: string;
  readonly spanId: string;
  readonly parentId?: string;
  readonly otherTraceIds: readonly string[];
  readonly startedAt: number;
  readonly outcome: Outcome;
  /** From the demand to the end, with the wait for an environment and its load. */
  readonly elapsedMs?: number;
  readonly durationMs?: number;
  readonly billedMs?: number;
  /** Set for a cold start. */
  readonly initMs?: number;
  readonly memoryBytes?: number;
  readonly error?: string;
  readonly lines: number;
}

export interface LogLine {
  readonly at: number;
  readonly level: Level;
  readonly text: string;
}

export interface CallDetail extends CallView {
  readonly logs: readonly LogLine[];
}

/** What all calls of a function came to since the start. */
export interface FunctionTotals {
  readonly functionName: string;
  readonly calls: number;
  readonly failed: number;
  readonly refused: number;
  readonly coldStarts: number;
  readonly billedMs: number;
  /** Largest so far. */
  readonly memoryBytes: number;
  /** Of the last calls, see `KEPT_DURATIONS`. */
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly initMs: number;
  /** Requests and billed time at AWS's list price, in US dollars. */
  readonly dollars: number;
}

export interface FunctionView {
  readonly name: string;
  /** For people, see `functionLabels`. */
  readonly label: string;
  /** Source entry, for instance `src/note.get`. */
  readonly source?: string;
  readonly declaredAt?: string;
  readonly memoryMegabytes: number;
  readonly timeoutSeconds: number;
}

export interface QueueView {
  readonly name: string;
  readonly label: string;
  /** Visible, hidden while they are handled, and not yet due. */
  readonly waiting: number;
  readonly inFlight: number;
  readonly delayed: number;
  /** Queues and functions whose failures end here; none for a queue that holds work. */
  readonly failuresOf: readonly string[];
  /** When its oldest message was sent. */
  readonly oldestAt?: number;
}

export interface MessageView {
  readonly id: string;
  readonly body: string;
  readonly sentAt: number;
  readonly receiveCount: number;
  /** What a redrive would do with it. */
  readonly destination: string;
}

export interface RedriveOutcome {
  readonly handled: number;
  /** One sentence for each message that stays. */
  readonly left: readonly string[];
}

export interface ScheduleView {
  readonly name: string;
  readonly expression: string;
  readonly timeZone: string;
  readonly target: string;
  readonly nextAt?: number;
}

/** What does not change while the cloud runs. */
export interface CloudView {
  readonly app: string;
  readonly stage: string;
  readonly startedAt: number;
  readonly mailboxUrl: string;
  readonly functions: readonly FunctionView[];
}

/** Messages of `live`, by the name of the event. */
export interface LiveEvents {
  /** The newest calls first of all, then those that began or changed. */
  readonly calls: readonly CallView[];
  readonly totals: readonly FunctionTotals[];
  readonly queues: readonly QueueView[];
}

export type PartKind =
  | "door"
  | "api"
  | "schedule"
  | "function"
  | "table"
  | "queue"
  | "failures"
  | "bucket"
  | "people"
  | "other";

/** One thing that the program declares, as far as it takes part in the work. */
export interface PartView {
  readonly id: string;
  readonly kind: PartKind;
  readonly label: string;
  /** What belongs together, for instance the functions of one noun. */
  readonly group: string;
  readonly declaredAt?: string;
}

/** What one part has to do with another, in the direction in which the work goes. */
export interface ConnectionView {
  readonly from: string;
  readonly to: string;
  readonly kind: "calls" | "reads" | "writes" | "fails";
  /** For instance the routes, or the actions that a policy allows. */
  readonly by: readonly string[];
}

export interface PictureView {
  readonly parts: readonly PartView[];
  readonly connections: readonly ConnectionView[];
}

/** The table itself, without a name, or one of its indexes. */
export interface IndexView {
  readonly name?: string;
  /** Attributes. */
  readonly partition: string;
  readonly sort?: string;
}

export interface TableView {
  readonly name: string;
  readonly label: string;
  /** The table itself first. */
  readonly indexes: readonly IndexView[];
}

export interface RowView {
  /** Where rows say it, see `tables.ts`. */
  readonly entity?: string;
  readonly partition: string;
  readonly sort?: string;
  readonly attributes: Readonly<Record<string, unknown>>;
}

export interface RowsView {
  readonly rows: readonly RowView[];
  /** Of the rows that were read, shown or not. */
  readonly entities: readonly string[];
  /** Where the next page begins; absent at the end. */
  readonly cursor?: string;
}
