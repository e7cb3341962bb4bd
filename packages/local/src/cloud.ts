import type { S3Event } from "./engine/s3.ts";
import type { Destinations } from "./function/destination.ts";
import type { Iam } from "./iam/iam.ts";
import type { RunningSchedule } from "./mapping/schedule-target.ts";
import type { Provisioned, ProvisionRequest, Resource } from "./resource.ts";
import type { UserPools } from "./user-pool/server.ts";

/** Region and account of everything on the local cloud. */
export const REGION = "us-east-1";
export const ACCOUNT_ID = "000000000000";

/**
 * Makes one AWS resource type real on this machine. It runs while the program
 * is synthesised: what it needs from other resources has been provisioned
 * before, because Pulumi resolves inputs first.
 */
export type Provider = (request: ProvisionRequest, cloud: Cloud) => Promise<Provisioned>;

/** Providers by Pulumi type token. One file per AWS service exports one of these. */
export type Providers = Readonly<Record<string, Provider>>;

/** The local cloud as its parts see it. `start.ts` builds the only one. */
export interface Cloud {
  /** Absolute path of the folder that holds `sst.config.ts`. */
  readonly root: string;
  /** Absolute path of the ignored folder that keeps all data over restarts. */
  readonly dataFolder: string;
  readonly stage: string;
  /** True for `dev`: functions are rebuilt on change, sites run their development server. */
  readonly watch: boolean;
  /** True when sites are bundled for Lambda and run as functions, as they are deployed. */
  readonly production: boolean;
  /** Base addresses of the engines, as functions are to see them, for instance `http://127.0.0.1:41000`. */
  readonly endpoints: Endpoints;
  /** Public address of the front door, without a trailing slash: `http://127.0.0.1:3000`. */
  readonly frontDoorUrl: string;
  readonly functions: FunctionService;
  /** Takes what failed for good to the queue, topic or function that was named for it. */
  readonly destinations: Destinations;
  /** Judges what functions ask of the engines, by their policies. */
  readonly iam: Iam;
  /** The engine behind `endpoints.cognito`. */
  readonly userPools: UserPools;
  /**
   * A free loopback port for the named server, for instance `http-api ApiApi`. The same at every start as
   * long as it is free, because addresses are built into sites.
   */
  port(name: string): Promise<number>;
  /** What `Runtime.Build` built, by SST component name (`functionID`). Complete when `onReady` tasks run. */
  readonly builds: ReadonlyMap<string, FunctionBuild>;
  /** Every resource provisioned so far, in order. */
  readonly resources: readonly Resource[];
  readonly log: Log;
  /** Calls the listener for every object that is created in or removed from any bucket, after the fact. */
  onObjectEvent(listener: (event: S3Event) => void): void;
  /** Makes a schedule known to those who look at the cloud. */
  addSchedule(schedule: RunningSchedule): void;
  /** Runs after the synthesis, when every function is defined and before the front door opens. */
  onReady(task: () => Promise<void> | void): void;
  /** Runs when the front door is open and all sites answer: what calls functions by itself begins here. */
  onOpen(task: () => Promise<void> | void): void;
  /** Runs at the stop, last registered first. */
  onStop(task: () => Promise<void> | void): void;
  /** Ends the whole run with one sentence, for instance when an engine is gone for good. */
  fail(reason: Error): void;
}

export interface Endpoints {
  readonly dynamodb: string;
  readonly s3: string;
  readonly sqs: string;
  readonly ses: string;
  readonly cognito: string;
  /** Absent unless a real OpenSearch was asked for. */
  readonly opensearch?: string;
  /** Lambda's Invoke API, see `function/invoke-api.ts`. */
  readonly lambda: string;
  /** CloudFront's API, see `front-door/cloudfront-api.ts`. */
  readonly cloudfront: string;
}

/** One structured line. `source` is a function name, an engine or a part of the local cloud. */
export type Log = (line: {
  readonly level: "debug" | "info" | "warn" | "error";
  readonly source: string;
  readonly message: string;
}) => void;

/** One answered `Runtime.Build` request: what the program asked for and what came out. */
export interface FunctionBuild {
  readonly functionId: string;
  /** Entry as declared, for instance `packages/functions/src/post.handler`; below `bundle` when that is given. */
  readonly handler: string;
  /** Folder of a prebuilt bundle, which is run as it is. */
  readonly bundle: string | undefined;
  /** For instance `nodejs24.x`. */
  readonly runtime: string;
  readonly links: Readonly<Record<string, unknown>>;
  /** True when files are copied beside the bundle (`copyFiles`), which code reads relative to its folder. */
  readonly copiesFiles: boolean;
  /** Packages kept out of the bundle and installed beside it (`nodejs.install`), often native ones. */
  readonly installs: readonly string[];
  /** Absolute path of the folder that is `/var/task` on AWS. */
  readonly folder: string;
  /** Handler inside that folder, `file.export`. */
  readonly builtHandler: string;
  /** Absolute paths of the sources that went into the bundle; empty for a prebuilt one. */
  readonly sources: readonly string[];
}

/** A function as the synthesis declared it, ready to run. */
export interface FunctionDefinition {
  readonly arn: string;
  /** Physical name, `AWS_LAMBDA_FUNCTION_NAME`. */
  readonly name: string;
  /** SST's component name: the key of its build. */
  readonly functionId: string;
  /** Folder that is `/var/task` on AWS. */
  readonly folder: string;
  /** `file.export`, relative to the folder. */
  readonly handler: string;
  /** For instance `nodejs24.x`. */
  readonly runtime: string;
  /** The function's own variables as declared. Nothing else of this process leaks in. */
  readonly environment: Readonly<Record<string, string>>;
  /** Linked resources by name, as `Resource.<Name>` reads them. */
  readonly links: Readonly<Record<string, unknown>>;
  readonly timeoutSeconds: number;
  readonly memoryMegabytes: number;
  /** `undefined` means that the account's limit holds. */
  readonly reservedConcurrency: number | undefined;
  /** Source entry point, absent for prebuilt bundles. */
  readonly source: string | undefined;
}

/** Retries of asynchronous invocations (`aws:lambda/functionEventInvokeConfig`). */
export interface AsyncPolicy {
  readonly maximumRetryAttempts: number;
  readonly maximumEventAgeSeconds: number;
  /** ARN of a queue, topic or function that takes a record of each event that failed for good. */
  readonly onFailure: string | undefined;
  /** The same for events that were handled. */
  readonly onSuccess: string | undefined;
  /** ARN of the function's dead-letter queue or topic (`deadLetterConfig`), which takes the bare event. */
  readonly deadLetter: string | undefined;
}

export interface FunctionService {
  define(definition: FunctionDefinition): void;
  setAsyncPolicy(functionArn: string, policy: AsyncPolicy): void;
  get(nameOrArn: string): FunctionDefinition | undefined;
  /**
   * Runs one call and answers the handler's result, as JSON would carry it.
   * @throws FunctionError when the handler threw, timed out, ran out of memory or exited
   * @throws TooManyRequestsError when the reserved concurrency is used up
   * @param trace the caller's `X-Amzn-Trace-Id`, for events that carry no trace of their own
   */
  invoke(nameOrArn: string, event: unknown, trace?: string): Promise<unknown>;
  /** Queues one asynchronous call: retried as its policy says, then given to the failure destination. */
  invokeAsync(nameOrArn: string, event: unknown, trace?: string): void;
  /** Ends all environments of a function, so that the next call starts from the new bundle. */
  reload(functionId: string): Promise<void>;
  stop(): Promise<void>;
}

/** A call that failed inside the function, in the shape that Lambda's Invoke API answers. */
export class FunctionError extends Error {
  override readonly name = "FunctionError";
  readonly errorType: string;
  readonly errorMessage: string;
  readonly trace: readonly string[];
  readonly kind: "thrown" | "timeout" | "out-of-memory" | "exit";

  constructor(
    errorType: string,
    errorMessage: string,
    trace: readonly string[],
    kind: "thrown" | "timeout" | "out-of-memory" | "exit",
  ) {
    super(`${errorType}: ${errorMessage}`);
    this.errorType = errorType;
    this.errorMessage = errorMessage;
    this.trace = trace;
    this.kind = kind;
  }
}

/** The function has no free execution environment left and may not open another. */
export class TooManyRequestsError extends Error {
  override readonly name = "TooManyRequestsError";
}
