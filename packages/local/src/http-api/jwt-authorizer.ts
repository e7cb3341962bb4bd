import { createRemoteJWKSet, decodeProtectedHeader, errors, type JWTPayload, jwtVerify } from "jose";
import type { Issuer } from "./issuer.ts";

const KEY_CACHE_MS = 2 * 60 * 60 * 1000;
/** Tokens with unknown keys make the keys be asked for at most this often. */
const KEY_COOLDOWN_MS = 30_000;
const KEY_TIMEOUT_MS = 5_000;

export interface JwtAuthorizerSettings {
  readonly issuer: Issuer;
  readonly audiences: readonly string[];
  /** `$request.header.<name>` or `$request.querystring.<name>`. */
  readonly identitySource: string;
}

export interface IdentityRequest {
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly rawQueryString: string;
}

export type Authorization =
  | {
      readonly allowed: true;
      /** `requestContext.authorizer` of the event. */
      readonly context: {
        readonly jwt: { readonly claims: Record<string, string>; readonly scopes: readonly string[] | null };
      };
    }
  | { readonly allowed: false; readonly statusCode: 401 | 403; readonly challenge: string };

export type JwtAuthorizer = (
  request: IdentityRequest,
  routeScopes: readonly string[],
) => Promise<Authorization>;

/**
 * Checks tokens as "Control access to HTTP APIs with JWT authorizers in API
 * Gateway" lists the steps: key by `kid`, signature, `iss`, `aud` (or
 * `client_id` when there is no `aud`), `exp`, `nbf`, `iat` without any
 * tolerance, then the route's scopes. Only RS256 is taken.
 *
 * The answered function throws when the issuer's keys cannot be fetched.
 */
export function createJwtAuthorizer(
  settings: JwtAuthorizerSettings,
  now: () => Date = () => new Date(),
): JwtAuthorizer {
  const readIdentity = identityReader(settings.identitySource);
  const keys = createRemoteJWKSet(new URL(settings.issuer.jwksUrl), {
    cacheMaxAge: KEY_CACHE_MS,
    cooldownDuration: KEY_COOLDOWN_MS,
    timeoutDuration: KEY_TIMEOUT_MS,
  });

  return async (request, routeScopes) => {
    const identity = readIdentity(request);
    if (!identity) return refuse("Bearer");
    let claims: JWTPayload;
    try {
      claims = await verify(identity.replace(/^Bearer +/i, ""));
    } catch (error) {
      const description = describeRefusal(error);
      if (description === undefined) throw error;
      return refuse(`Bearer scope="" error="invalid_token" error_description="${description}"`);
    }
    const granted = scopesOf(claims);
    if (routeScopes.length > 0 && !routeScopes.some((scope) => granted.includes(scope))) {
      const challenge = `Bearer scope="${routeScopes.join(" ")}" error="insufficient_scope"`;
      return { allowed: false, statusCode: 403, challenge };
    }
    const scopes = routeScopes.length > 0 ? granted : null;
    return { allowed: true, context: { jwt: { claims: claimsAsText(claims), scopes } } };
  };

  async function verify(token: string): Promise<JWTPayload> {
    if (typeof decodeProtectedHeader(token).kid !== "string") throw new Refusal("the token has no key id");
    const at = now();
    const { payload } = await jwtVerify(token, keys, {
      algorithms: ["RS256"],
      issuer: [...settings.issuer.accepted],
      requiredClaims: ["exp"],
      clockTolerance: 0,
      currentDate: at,
    });
    const audience = payload.aud ?? payload.client_id;
    if (![audience].flat().some((one) => typeof one === "string" && settings.audiences.includes(one))) {
      throw new Refusal("the token does not have a valid audience");
    }
    if (payload.iat !== undefined && !(payload.iat <= at.getTime() / 1000)) {
      throw new Refusal("the token was issued in the future");
    }
    return payload;
  }
}

class Refusal extends Error {}

function refuse(challenge: string): Authorization {
  return { allowed: false, statusCode: 401, challenge };
}

/** Says what is wrong with the token; undefined when the fault is not the token's. */
function describeRefusal(error: unknown): string | undefined {
  if (error instanceof Refusal) return error.message;
  if (error instanceof errors.JWTExpired) return "the token has expired";
  if (error instanceof errors.JWTClaimValidationFailed)
    return `the token has an invalid ${error.claim} claim`;
  if (error instanceof errors.JWSSignatureVerificationFailed) return "the signature is invalid";
  if (error instanceof errors.JWKSNoMatchingKey) return "the key of the token is unknown";
  if (error instanceof errors.JOSEAlgNotAllowed) return "the algorithm of the token is not allowed";
  // Keys that do not come are the issuer's fault, and jose tells them by these two kinds.
  if (error instanceof errors.JWKSTimeout || error instanceof errors.JWKSInvalid) return undefined;
  if (error instanceof errors.JOSEError && error.code !== "ERR_JOSE_GENERIC") return "the token is malformed";
  // jose answers an undecodable token header with a bare TypeError.
  return error instanceof TypeError && /protected header|token/i.test(error.message)
    ? "the token is malformed"
    : undefined;
}

function identityReader(source: string): (request: IdentityRequest) => string | undefined {
  const [, place, name] = /^\$request\.(header|querystring)\.(.+)$/.exec(source) ?? [];
  if (!place || !name) throw new Error(`"${source}" is no identity source of a JWT authorizer.`);
  if (place === "querystring") {
    return (request) => new URLSearchParams(request.rawQueryString).get(name) ?? undefined;
  }
  return (request) => [request.headers[name.toLowerCase()]].flat()[0];
}

function scopesOf(claims: JWTPayload): string[] {
  const scopes = claims.scope ?? claims.scp;
  if (Array.isArray(scopes)) return scopes.map(String);
  return typeof scopes === "string" ? scopes.split(" ").filter((scope) => scope !== "") : [];
}

/** Claims arrive as text: `true`, `1583348638`, and lists as `[admin author]`, which was observed on AWS. */
function claimsAsText(claims: JWTPayload): Record<string, string> {
  return Object.fromEntries(Object.entries(claims).map(([name, value]) => [name, asText(value)]));
}

function asText(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(asText).join(" ")}]`;
  return typeof value === "object" && value !== null ? JSON.stringify(value) : String(value);
}
