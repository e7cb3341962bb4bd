import * as z from "zod";
import type { ErrorCode } from "./errors.ts";

export type Method = "GET" | "POST" | "PUT" | "PATCH" | "DELETE";

/** Who may call: everybody, or holders of a token whose groups contain the role (`admin` may all). */
export type Auth = "public" | "reader" | "author" | "admin";

/**
 * How often a route may be called, counted for each subject on its own: the client's address, the
 * account of the token, the e-mail in the input, or that e-mail from that address. The last one is
 * what holds guessing back without giving strangers a way to lock somebody out.
 */
export interface Limit {
  /** Routes that name the same limit share what it counts. */
  readonly name: string;
  readonly per: "address" | "account" | "email" | "emailFromAddress";
  /** Requests of one subject that pass in a window. */
  readonly quota: number;
  readonly windowSeconds: number;
}

/** What people do here, as the dashboard shows it. */
export const businessMetrics = ["SignUps", "Publications", "Comments", "TodoPushes"] as const;
export type BusinessMetric = (typeof businessMetrics)[number];

/**
 * One route as data. Infra declares it at the gateway, a function implements it, the
 * web client calls it and OpenAPI describes it; nothing else repeats its shape.
 *
 * Path parameters are named in braces and are keys of `input`. All other keys of
 * `input` travel in the query (`GET`, `DELETE`) or in the JSON body.
 */
export interface Route<Input extends z.ZodObject = z.ZodObject, Output extends z.ZodType = z.ZodType> {
  readonly method: Method;
  readonly path: `/${string}`;
  readonly auth: Auth;
  /** One sentence for the API description. */
  readonly summary: string;
  readonly input: Input;
  readonly output: Output;
  /** Status of a success, 200 when absent. */
  readonly status?: 200 | 201 | 202 | 204;
  /**
   * What may go wrong beside `invalid_input`, `unauthenticated`, `forbidden`, `rate_limited`,
   * `internal` and `unavailable`, which any route may answer.
   */
  readonly errors: readonly ErrorCode[];
  /** How long anybody may keep a success. Absent means not at all: readers' pages are kept by the site, which is told of changes. */
  readonly cacheSeconds?: number;
  /** How often it may be called. Each limit counts the request before the verb runs; absent means no more than the gateway's own throttle. */
  readonly limits?: readonly Limit[];
  /** Answers in steps of time, since how long it takes would tell who has an account. */
  readonly takesEvenTime?: true;
  /** The route takes an `Idempotency-Key` header, which reaches the verb as `idempotencyKey`. */
  readonly idempotent?: true;
  /**
   * What it answers has a number, `seq`, which is its `ETag`. With `PATCH`, `PUT` and `DELETE` it takes
   * an `If-Match` header, which reaches the verb as `ifMatch`.
   */
  readonly versioned?: true;
  /** Each success counts in this metric of the business: one of a short list, since each has a price. */
  readonly countedAs?: BusinessMetric;
}

/** Routes of one noun by the name of the verb. */
export type Contract = Readonly<Record<string, Route>>;

export type InputOf<R extends Route> = z.output<R["input"]>;
export type OutputOf<R extends Route> = z.output<R["output"]>;

/** Keeps the exact types of a contract while checking its shape. */
export function defineContract<const C extends Contract>(contract: C): C {
  return contract;
}

/** The key of the gateway's route table, for instance `GET /posts/{postId}`. */
export function routeKey(route: Pick<Route, "method" | "path">): `${Method} /${string}` {
  return `${route.method} ${route.path}`;
}

/** The names of the path parameters of a route. */
export function pathParameters(path: string): string[] {
  return [...path.matchAll(/\{(\w+)\}/g)].map((match) => match[1] as string);
}

/** One page of a list. `cursor` is opaque and absent on the last page. */
export function pageOf<T extends z.ZodType>(item: T) {
  return z.strictObject({ items: z.array(item), cursor: z.string().optional() });
}

/** What every list takes. Numbers arrive as text in a query, hence the coercion. */
export const pageInput = {
  cursor: z.string().max(1024).optional(),
  limit: z.coerce.number<number | string>().int().min(1).max(50).default(20),
};

/** A point in time, ISO 8601 in UTC with milliseconds. */
export const timestampSchema = z.iso.datetime({ precision: 3 });

/**
 * The header of a request that is meant for one state of a thing: the number in its `ETag`, quoted. The front door
 * calls the tag of an answer that it compressed a weak one, and the number is the same.
 */
export const etagSchema = z.string().regex(/^(?:W\/)?"\d{1,15}"$/);
export const ifMatchSchema = etagSchema.transform((tag) => Number(tag.replaceAll(/\D/g, "")));

/** Sent by a client once for each thing that a person did, and again with each retry of it. */
export const idempotencyKeySchema = z.string().regex(/^[\w-]{16,64}$/);
