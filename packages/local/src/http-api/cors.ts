/** `corsConfiguration` of an `aws:apigatewayv2/api:Api`. */
export interface CorsConfiguration {
  readonly allowCredentials?: boolean;
  readonly allowHeaders?: readonly string[];
  readonly allowMethods?: readonly string[];
  /** Exact origins, `*`, `http://*` or `https://*`. */
  readonly allowOrigins?: readonly string[];
  readonly exposeHeaders?: readonly string[];
  readonly maxAge?: number;
}

/**
 * The headers that the gateway adds to the answer of a cross-origin request
 * ("Configure CORS for HTTP APIs in API Gateway"). It ignores what the
 * integration says about CORS, see `withoutCorsHeaders`.
 */
export function corsHeaders(cors: CorsConfiguration, origin: string | undefined): Record<string, string> {
  const allowed = origin === undefined ? undefined : allowedOrigin(cors, origin);
  if (!allowed) return {};
  return {
    "access-control-allow-origin": allowed,
    ...(cors.allowCredentials ? { "access-control-allow-credentials": "true" } : {}),
    ...list("access-control-expose-headers", cors.exposeHeaders),
  };
}

/** The headers of the answer to a preflight request; none when the origin is not allowed. */
export function preflightHeaders(cors: CorsConfiguration, origin: string): Record<string, string> {
  const allowed = allowedOrigin(cors, origin);
  if (!allowed) return {};
  return {
    "access-control-allow-origin": allowed,
    ...(cors.allowCredentials ? { "access-control-allow-credentials": "true" } : {}),
    ...list("access-control-allow-methods", cors.allowMethods),
    ...list("access-control-allow-headers", cors.allowHeaders),
    ...(cors.maxAge === undefined ? {} : { "access-control-max-age": String(cors.maxAge) }),
  };
}

export function withoutCorsHeaders(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !name.startsWith("access-control-")));
}

function allowedOrigin(cors: CorsConfiguration, origin: string): string | undefined {
  const origins = cors.allowOrigins ?? [];
  if (origins.includes("*")) return "*";
  const isAllowed = origins.some(
    (allowed) => allowed === origin || (allowed.endsWith("://*") && origin.startsWith(allowed.slice(0, -1))),
  );
  return isAllowed ? origin : undefined;
}

function list(name: string, values: readonly string[] | undefined): Record<string, string> {
  return values && values.length > 0 ? { [name]: values.join(",") } : {};
}
