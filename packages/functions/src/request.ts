import { type Role, roles } from "@haru/core/account/account.contract";
import { pathParameters, type Route } from "@haru/core/contract";
import type { Caller } from "@haru/core/core";
import { AppError } from "@haru/core/errors";
import { accountIdOf, idSchema } from "@haru/core/id";
import type { Locale } from "@haru/core/locale";
import { ruleSentence } from "@haru/core/sentences";
import type { Bearer } from "@haru/core/session/admission";
import { deviceOf } from "@haru/core/session/device";
import type { APIGatewayProxyEventV2, APIGatewayProxyEventV2WithJWTAuthorizer } from "aws-lambda";
import { addressOf } from "./client-address.ts";

/** A request of a route with or without an authorizer. */
export type Request = APIGatewayProxyEventV2 & {
  readonly requestContext: Partial<
    Pick<APIGatewayProxyEventV2WithJWTAuthorizer["requestContext"], "authorizer">
  >;
};

type Input = Record<string, unknown>;

/**
 * Puts path, query or body, and the idempotency key together as the contract says. A name
 * that comes twice is refused: whichever value were taken, somebody meant the other one.
 * @throws AppError `invalid_input` when there is no reading of the request
 */
export function readInput(route: Route, event: Request, locale: Locale): Input {
  const input: Input = {};
  const add = (name: string, value: unknown) => {
    if (Object.hasOwn(input, name)) throw invalid(name, ruleSentence("twice", locale));
    // Defined rather than assigned, because `__proto__` is a name like any other.
    Object.defineProperty(input, name, { value, enumerable: true, writable: true, configurable: true });
  };
  for (const name of pathParameters(route.path)) add(name, decodeSegment(event.pathParameters?.[name] ?? ""));
  const key = event.headers["idempotency-key"];
  if (route.idempotent && key !== undefined) add("idempotencyKey", key);
  const match = event.headers["if-match"];
  if (route.versioned && takesIfMatch(route) && match !== undefined) add("ifMatch", match);
  for (const [name, value] of new URLSearchParams(event.rawQueryString)) {
    if (!isInQuery(route)) throw invalid(name, ruleSentence("unknown", locale));
    add(name, value);
  }
  if (isInQuery(route)) return input;
  for (const [name, value] of Object.entries(readBody(event, locale))) {
    // They travel in headers only, so that the contract's input says all that a body may hold.
    if (name === "idempotencyKey" || name === "ifMatch") throw invalid(name, ruleSentence("unknown", locale));
    add(name, value);
  }
  return input;
}

/** A thing that is about to be made, or read, has no state that it would have to be in. */
function takesIfMatch({ method }: Route): boolean {
  return method === "PATCH" || method === "PUT" || method === "DELETE";
}

function isInQuery({ method }: Route): boolean {
  return method === "GET" || method === "DELETE";
}

/** Gateways differ in whether they decode. No parameter of ours holds a percent sign, so a second time does no harm. */
function decodeSegment(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment; // The contract's schema refuses it with a sentence.
  }
}

function readBody({ body, isBase64Encoded, headers }: Request, locale: Locale): Input {
  if (!body) return {};
  const type = headers["content-type"]?.split(";")[0]?.trim().toLowerCase();
  if (type !== "application/json") throw unreadable("content_type", locale);
  let value: unknown;
  try {
    const bytes = Buffer.from(body, isBase64Encoded ? "base64" : "utf8");
    value = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch (cause) {
    throw unreadable("json", locale, cause);
  }
  if (typeof value !== "object" || value === null || Array.isArray(value)) throw unreadable("json", locale);
  return value as Input;
}

/**
 * Who the gateway's authorizer found in the token. Only access tokens count: an id token
 * is for the program that asked for it, not for an API.
 */
export function readBearer(event: Request): Bearer | undefined {
  const claims = claimsOf(event);
  if (claims.token_use !== "access") return undefined;
  const accountId = idSchema("account").safeParse(accountIdOf(String(claims.sub)));
  if (!accountId.success) return undefined;
  return {
    accountId: accountId.data,
    roles: readRoles(claims["cognito:groups"]),
    // A token that does not say when it was made counts as an old one.
    issuedAtSeconds: Number(claims.iat) || 0,
    signedInAtSeconds: Number(claims.auth_time) || 0,
  };
}

/** Who calls and from where. Asking for the address means to believe the front door, so that is done when needed. */
export function readCaller(event: Request): Caller {
  const sessionId = claimsOf(event).origin_jti;
  return {
    get address() {
      return addressOf(event);
    },
    device: deviceOf(event.headers["user-agent"]),
    sessionId: sessionId === undefined ? undefined : String(sessionId),
    accessToken: event.headers.authorization?.replace(/^Bearer +/i, ""),
  };
}

function claimsOf(event: Request): Readonly<Record<string, unknown>> {
  return event.requestContext.authorizer?.jwt.claims ?? {};
}

/** The gateway writes a list claim as the text `[author reader]`. */
function readRoles(groups: unknown): Role[] {
  const names = String(groups ?? "")
    .replace(/[[\]]/g, "")
    .split(/[\s,]+/);
  return roles.filter((role) => names.includes(role));
}

function invalid(field: string, sentence: string): AppError {
  return new AppError("invalid_input", { fields: { [field.slice(0, 200)]: [sentence] } });
}

function unreadable(rule: "content_type" | "json", locale: Locale, cause?: unknown): AppError {
  return new AppError("invalid_input", { message: ruleSentence(rule, locale), cause });
}
