/**
 * A route key taken apart: `GET /pets/{id}`, `ANY /{proxy+}` or `$default`.
 * Specificity follows "Create routes for HTTP APIs in API Gateway": a full
 * match wins over a greedy one, and `$default` takes what nothing else does.
 */
export interface RoutePattern {
  readonly routeKey: string;
  /** `ANY` takes every method that no other route of the same path names. */
  readonly method: string;
  readonly segments: readonly Segment[];
}

type Segment =
  | { readonly kind: "literal"; readonly text: string }
  | { readonly kind: "variable"; readonly name: string }
  | { readonly kind: "greedy"; readonly name: string };

export interface RouteMatch<Route> {
  readonly route: Route;
  readonly pathParameters: Readonly<Record<string, string>>;
}

const METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS", "ANY"];
/** From the most to the least specific, compared segment by segment from the left. */
const RANK = { literal: 0, variable: 1, end: 2, greedy: 3 } as const;

/** @throws Error with one sentence for a key that API Gateway refuses */
export function parseRouteKey(routeKey: string): RoutePattern {
  if (routeKey === "$default") return { routeKey, method: "ANY", segments: [] };
  const [method = "", path = "", ...rest] = routeKey.split(" ");
  if (!METHODS.includes(method) || !path.startsWith("/") || rest.length > 0) {
    throw new Error(`"${routeKey}" is no route key of an HTTP API.`);
  }
  const segments = splitPath(path).map(parseSegment);
  const greedyAt = segments.findIndex((segment) => segment.kind === "greedy");
  if (greedyAt !== -1 && greedyAt !== segments.length - 1) {
    throw new Error(`The greedy variable of "${routeKey}" must be its last segment.`);
  }
  return { routeKey, method, segments };
}

/** Puts the routes in the order in which they are tried. */
export function sortRoutes<Route extends RoutePattern>(routes: readonly Route[]): Route[] {
  return [...routes].sort(compareSpecificity);
}

/**
 * Finds the first route that takes the request.
 * @param sorted what `sortRoutes` answered
 * @param path decoded, without the query
 */
export function selectRoute<Route extends RoutePattern>(
  sorted: readonly Route[],
  method: string,
  path: string,
): RouteMatch<Route> | undefined {
  const parts = splitPath(path);
  for (const route of sorted) {
    if (route.method !== "ANY" && route.method !== method) continue;
    const pathParameters = route.routeKey === "$default" ? {} : matchSegments(route.segments, parts);
    if (pathParameters) return { route, pathParameters };
  }
  return undefined;
}

function compareSpecificity(a: RoutePattern, b: RoutePattern): number {
  if (a.routeKey === "$default" || b.routeKey === "$default") {
    return Number(a.routeKey === "$default") - Number(b.routeKey === "$default");
  }
  for (let index = 0; index < Math.max(a.segments.length, b.segments.length); index++) {
    const difference = RANK[a.segments[index]?.kind ?? "end"] - RANK[b.segments[index]?.kind ?? "end"];
    if (difference !== 0) return difference;
  }
  return Number(a.method === "ANY") - Number(b.method === "ANY");
}

function matchSegments(
  segments: readonly Segment[],
  parts: readonly string[],
): Record<string, string> | undefined {
  const parameters: Record<string, string> = {};
  for (const [index, segment] of segments.entries()) {
    const part = parts[index];
    if (part === undefined) return undefined;
    if (segment.kind === "greedy") {
      const rest = parts.slice(index).join("/");
      if (rest === "") return undefined;
      parameters[segment.name] = rest;
      return parameters;
    }
    if (segment.kind === "literal") {
      if (part !== segment.text) return undefined;
    } else {
      if (part === "") return undefined;
      parameters[segment.name] = part;
    }
  }
  return parts.length === segments.length ? parameters : undefined;
}

/** The root is one empty segment, so that a trailing slash makes another path, as it does on HTTP APIs. */
function splitPath(path: string): string[] {
  return path.slice(1).split("/");
}

function parseSegment(text: string): Segment {
  const variable = /^\{([^{}+]+)(\+?)\}$/.exec(text);
  if (!variable?.[1]) return { kind: "literal", text };
  return { kind: variable[2] ? "greedy" : "variable", name: variable[1] };
}
