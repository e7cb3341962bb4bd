import { CognitoIdentityProviderClient } from "@aws-sdk/client-cognito-identity-provider";
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { S3Client } from "@aws-sdk/client-s3";
import { SQSClient } from "@aws-sdk/client-sqs";
import type { AdminUserPool, UserPool } from "@haru/core/account/user-pool";
import type { Actor } from "@haru/core/actor";
import { type ActorCore, type Caller, type Core, createCore } from "@haru/core/core";
import type { Locale } from "@haru/core/locale";
import type { ObjectCore, Objects } from "@haru/core/media/objects";
import { connectIndex } from "@haru/core/search/connect";
import type { Searching } from "@haru/core/search/search";
import type { SearchIndex } from "@haru/core/search/search-index";
import { connectTable, type Table } from "@haru/core/table";
import type { MoveQueue } from "@haru/core/tag/tag";
import type { ZipQueue, ZipStore } from "@haru/core/takeout/takeout";
import { Resource } from "sst";
import { tracingWrites } from "./trace.ts";

/** Clients give up and try again well within the 10 s that a function has. */
export const clientOptions = {
  maxAttempts: 3,
  requestHandler: { connectionTimeout: 1_000, requestTimeout: 2_500, throwOnRequestTimeout: true },
};

/**
 * The pool runs our triggers before it answers, for up to 5 s each and again when one fails.
 * A confirmation that was given up too early and sent again would be refused as a used code.
 */
const userPoolOptions = {
  ...clientOptions,
  requestHandler: { ...clientOptions.requestHandler, requestTimeout: 17_000 },
};

let table: Table | undefined;
let userPool: UserPool | undefined;
let objects: Objects | undefined;
let index: SearchIndex | undefined;

/** Links are read at the first use: a function is asked only for what it was given. */
function linkedTable(): Table {
  table ??= tracingWrites(connectTable(Resource.Table.name, new DynamoDBClient(clientOptions)));
  return table;
}

/** The index. Requests to a domain are signed with what the SDK's own clients sign with. */
export function linkedIndex(): SearchIndex {
  index ??= connectIndex(Resource.Search.endpoint, {
    region: process.env.AWS_REGION ?? "",
    credentials: () => new DynamoDBClient(clientOptions).config.credentials(),
  });
  return index;
}

function linkedUserPool(): UserPool {
  userPool ??= {
    clientId: Resource.WebClient.id,
    client: new CognitoIdentityProviderClient(userPoolOptions),
  };
  return userPool;
}

/** What only the front door knows beside the functions: a request that carries it came through the front door. */
export function linkedEdgeSecret(): string {
  return Resource.EdgeSecret.value;
}

/**
 * Files are larger than rows: they get more time. A checksum of what is sent would go into presigned addresses,
 * too, as that of nothing: what browsers send there would be refused.
 */
const objectOptions = {
  ...clientOptions,
  requestChecksumCalculation: "WHEN_REQUIRED" as const,
  requestHandler: { ...clientOptions.requestHandler, requestTimeout: 15_000 },
};

function linkedObjects(): Objects {
  objects ??= { bucket: Resource.Media.name, client: new S3Client(objectOptions) };
  return objects;
}

/** Where the site is, for addresses that are sent away. */
export function siteOrigin(): string {
  return Resource.Router.url.replace(/\/$/, "");
}

/** The site and what it knows its callers by. */
export function linkedSite() {
  const { url } = Resource.Router;
  return { url, revalidateSecret: Resource.RevalidateSecret.value };
}

interface Request {
  readonly caller?: Caller;
  readonly actor?: Actor;
}

/** The core of one request, or of one event without an actor. */
export function coreFor(locale: Locale, request?: Omit<Request, "actor">): Core;
export function coreFor(locale: Locale, request: Request & { readonly actor: Actor }): ActorCore;
export function coreFor(locale: Locale, { caller, actor }: Request = {}): Core {
  const options = {
    get table() {
      return linkedTable();
    },
    locale,
  };
  return createCore(Object.assign(options, caller ? { caller } : {}, actor ? { actor } : {}));
}

/** Gives a verb the linked user pool beside the core. */
export function withUserPool<C extends { readonly userPool: UserPool }, Input, Result>(
  verb: (core: C, input: Input) => Promise<Result>,
) {
  return (core: Omit<C, "userPool">, input: Input) =>
    // The two halves of `C`; TypeScript does not see that they make a whole.
    verb({ ...core, userPool: linkedUserPool() } as unknown as C, input);
}

/** Gives a verb the linked bucket of pictures beside the core. */
export function withObjects<C extends Core, Input, Result>(
  verb: (core: C & ObjectCore, input: Input) => Promise<Result>,
) {
  return (core: C, input: Input) => verb({ ...core, objects: linkedObjects() }, input);
}

/** The core of an event about pictures. */
export function objectCore(locale: Locale): ObjectCore {
  return { ...coreFor(locale), objects: linkedObjects() };
}

/** Gives a verb the key that browsers subscribe with beside the core. */
export function withPushKey<C extends { readonly applicationServerKey: string }, Input, Result>(
  verb: (core: C, input: Input) => Promise<Result>,
) {
  return (core: Omit<C, "applicationServerKey">, input: Input) =>
    verb({ ...core, applicationServerKey: Resource.PushKey.publicKey } as unknown as C, input);
}

/** Gives a verb the linked index beside the core. */
export function withIndex<C extends Core, Input, Result>(
  verb: (core: Searching<C>, input: Input) => Promise<Result>,
) {
  return (core: C, input: Input) => verb({ ...core, index: linkedIndex() }, input);
}

/** The same with the right to administer the pool, as far as the function's permissions go. */
export function withAdminPool<C extends { readonly userPool: AdminUserPool }, Input, Result>(
  verb: (core: C, input: Input) => Promise<Result>,
) {
  return (core: Omit<C, "userPool">, input: Input) =>
    verb({ ...core, userPool: linkedAdminPool() } as unknown as C, input);
}

export function linkedAdminPool(): AdminUserPool {
  return { ...linkedUserPool(), poolId: Resource.Users.id };
}

let zips: ZipStore | undefined;
let zipQueue: ZipQueue | undefined;

export function linkedZips(): ZipStore {
  zips ??= { bucket: Resource.Takeouts.name, client: new S3Client(clientOptions) };
  return zips;
}

export function linkedZipQueue(): ZipQueue {
  zipQueue ??= { url: Resource.TakeoutJobs.url, client: new SQSClient(clientOptions) };
  return zipQueue;
}

let moveQueue: MoveQueue | undefined;

export function linkedMoveQueue(): MoveQueue {
  moveQueue ??= { url: Resource.TagMoves.url, client: new SQSClient(clientOptions) };
  return moveQueue;
}

/** How long answers take that must not tell anything by their time; infra knows how fast mails go out. */
export function evenStepMilliseconds(): number {
  return Number(process.env.EVEN_STEP_MILLISECONDS ?? 0);
}
