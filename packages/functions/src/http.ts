import { hasRole } from "@haru/core/actor";
import { type Contract, type OutputOf, type Route, routeKey } from "@haru/core/contract";
import type { ActorCore, Core } from "@haru/core/core";
import { AppError, type ErrorBody, errorMessage, errorStatus } from "@haru/core/errors";
import { type Allowance, rateLimitHeaders } from "@haru/core/limit/limit";
import { type Locale, negotiateLocale } from "@haru/core/locale";
import { admit } from "@haru/core/session/admission";
import type { APIGatewayProxyStructuredResultV2 } from "aws-lambda";
import { Resource } from "sst";
import type * as z from "zod";
import { coreFor, evenStepMilliseconds } from "./core.ts";
import { inEvenTime } from "./even-time.ts";
import { countRequest } from "./limits.ts";
import { logger } from "./log.ts";
import { countMetrics } from "./metric.ts";
import { type Request, readBearer, readCaller, readInput } from "./request.ts";
import { inTrace } from "./trace.ts";
import { isUnavailable } from "./unavailable.ts";

/** The verbs that a contract asks for. Those that are not public get the core of somebody. */
type Verbs<C extends Contract> = {
  readonly [Name in keyof C]: (
    core: C[Name]["auth"] extends "public" ? Core : ActorCore,
    input: z.input<C[Name]["input"]> & { idempotencyKey?: string; ifMatch?: string },
  ) => Promise<OutputOf<C[Name]>>;
};

/** What `serve` knows of a verb once it runs: its input is parsed inside. */
type AnyVerb = (core: Core, input: unknown) => Promise<unknown>;

type Handler = (event: Request) => Promise<APIGatewayProxyStructuredResultV2>;

/** Clients wait at least so long before they try again. */
const shortestRetrySeconds = 1;

/**
 * The handler of one noun: the only place that knows HTTP. It finds the verb by the
 * gateway's route key, asks for the role, runs it and turns each outcome into an answer.
 */
export function serve<C extends Contract>(contract: C, verbs: Verbs<C>): Handler {
  const routes = new Map(
    Object.entries(contract).map(([name, route]) => [
      routeKey(route) as string,
      { route, verb: verbs[name] as unknown as AnyVerb },
    ]),
  );
  const answer = async (event: Request) => {
    const locale = negotiateLocale(event.headers["accept-language"]);
    const allowances: Allowance[] = [];
    try {
      const found = routes.get(event.routeKey);
      if (!found) throw new AppError("not_found");
      const { route, verb } = found;
      const core = await authorize(route, event, locale);
      const input = readInput(route, event, locale);
      for await (const allowance of countRequest(core, route, input)) allowances.push(allowance);
      const step = route.takesEvenTime ? evenStepMilliseconds() : 0;
      const result = await inEvenTime(step, () => verb(core, input));
      const success = succeed(route, result);
      if (route.countedAs) countMetrics(Resource.App.stage, core.now(), { [route.countedAs]: 1 });
      return withHeaders(success, rateLimitHeaders(allowances));
    } catch (error) {
      return withHeaders(fail(error, event, locale), rateLimitHeaders(allowances));
    }
  };
  return (event) => inTrace(event.headers.traceparent, () => answer(event));
}

function withHeaders(
  answer: APIGatewayProxyStructuredResultV2,
  headers: Record<string, string>,
): APIGatewayProxyStructuredResultV2 {
  return { ...answer, headers: { ...answer.headers, ...headers } };
}

async function authorize(route: Route, event: Request, locale: Locale): Promise<Core> {
  const caller = readCaller(event);
  const core = coreFor(locale, { caller });
  if (route.auth === "public") return core;
  const bearer = readBearer(event);
  if (!bearer) throw new AppError("unauthenticated");
  const actor = await admit(core, bearer);
  if (!hasRole(actor, route.auth)) throw new AppError("forbidden");
  return coreFor(locale, { caller, actor });
}

/** A result that does not fit the contract is a defect here: nothing is left out in silence. */
function succeed(route: Route, result: unknown): APIGatewayProxyStructuredResultV2 {
  const output = route.output.safeParse(result);
  if (!output.success)
    throw new Error("The verb's result does not fit its contract", { cause: output.error });
  const isShared = route.auth === "public" && route.cacheSeconds !== undefined;
  return answer(route.status ?? 200, output.data, {
    "cache-control": isShared ? `public, max-age=${route.cacheSeconds}` : "no-store",
    ...(route.versioned ? etagOf(output.data as { readonly seq?: number }) : {}),
  });
}

/** What is gone has no state that a client could come back with. */
function etagOf({ seq }: { readonly seq?: number }): Record<string, string> {
  return seq === undefined ? {} : { etag: `"${seq}"` };
}

function fail(error: unknown, event: Request, locale: Locale): APIGatewayProxyStructuredResultV2 {
  const {
    code,
    fields,
    specificMessage,
    retryAfterSeconds = shortestRetrySeconds,
    cause,
  } = toAppError(error);
  const requestId = event.requestContext.requestId;
  const context = { requestId, routeKey: event.routeKey, error: cause };
  if (code === "internal") logger.error("A request met a defect", context);
  if (code === "unavailable") logger.warn("A request met something unavailable", context);
  const message = specificMessage ?? errorMessage(code, locale);
  const body: ErrorBody = { error: { code, message, ...(fields ? { fields } : {}), requestId } };
  const isTemporary = code === "unavailable" || code === "rate_limited";
  return answer(errorStatus[code], body, {
    "cache-control": "no-store",
    "content-language": locale,
    ...(isTemporary ? { "retry-after": String(retryAfterSeconds) } : {}),
  });
}

function toAppError(error: unknown): AppError {
  if (error instanceof AppError) return error;
  return new AppError(isUnavailable(error) ? "unavailable" : "internal", { cause: error });
}

function answer(
  statusCode: number,
  body: unknown,
  headers: Record<string, string>,
): APIGatewayProxyStructuredResultV2 {
  return {
    statusCode,
    headers: { ...headers, "content-type": "application/json", "x-content-type-options": "nosniff" },
    body: JSON.stringify(body),
  };
}
