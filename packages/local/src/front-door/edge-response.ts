import { add, type EdgeCookie, type EdgeResponse, type EdgeValues, fromEdgeValues } from "./edge-event.ts";
import type { Headers, OriginResponse } from "./origin.ts";

/** The response object that a viewer-response function gets. Bodies are not shown to functions. */
export function toEdgeResponse(response: OriginResponse): EdgeResponse {
  const headers: EdgeValues = {};
  const cookies: Record<string, EdgeCookie> = {};
  for (const [name, value] of Object.entries(response.headers)) {
    for (const one of [value].flat()) {
      if (name === "set-cookie") addCookie(cookies, one);
      else add(headers, name, one);
    }
  }
  return {
    statusCode: response.statusCode,
    statusDescription: response.statusText ?? "",
    headers,
    cookies,
  };
}

/** The answer after a viewer-response function, with the origin's body. */
export function withEdgeResponse(response: OriginResponse, edge: EdgeResponse): OriginResponse {
  return { ...response, statusCode: edge.statusCode, headers: toHeaders(edge) };
}

/** The answer that a viewer-request function gave in place of an origin. */
export function generatedResponse(edge: EdgeResponse): OriginResponse {
  const { body = "" } = edge;
  const bytes =
    typeof body === "string" ? body : Buffer.from(body.data, body.encoding === "base64" ? "base64" : "utf8");
  return {
    statusCode: edge.statusCode,
    ...(edge.statusDescription ? { statusText: edge.statusDescription } : {}),
    headers: { ...toHeaders(edge), "content-length": String(Buffer.byteLength(bytes)) },
    body: bytes,
  };
}

function toHeaders(edge: EdgeResponse): Headers {
  const cookies = Object.entries(edge.cookies ?? {}).flatMap(([name, cookie]) =>
    (cookie.multiValue && cookie.multiValue.length > 0 ? cookie.multiValue : [cookie]).map(
      ({ value, attributes }) => `${name}=${value}${attributes ? `; ${attributes}` : ""}`,
    ),
  );
  return { ...fromEdgeValues(edge.headers), ...(cookies.length > 0 ? { "set-cookie": cookies } : {}) };
}

function addCookie(cookies: Record<string, EdgeCookie>, header: string): void {
  const [pair = "", ...rest] = header.split(";");
  const at = pair.indexOf("=");
  const name = pair.slice(0, Math.max(at, 0)).trim();
  const attributes = rest.join(";").trim();
  const cookie = { value: pair.slice(at + 1).trim(), ...(attributes ? { attributes } : {}) };
  const earlier = Object.hasOwn(cookies, name) ? cookies[name] : undefined;
  if (!earlier) cookies[name] = cookie;
  else earlier.multiValue = [...(earlier.multiValue ?? [{ ...earlier }]), cookie];
}
