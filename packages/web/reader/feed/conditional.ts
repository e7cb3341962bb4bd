/**
 * Answers 304 to whoever has this very answer already (RFC 9110, section 13). An entity tag is
 * compared weakly and decides alone; a date is looked at only without one.
 */
export function conditional(request: Headers, response: Response): Response {
  if (response.status !== 200) return response;
  const tags = request.get("if-none-match");
  const isKnown =
    tags === null
      ? isUnchanged(request.get("if-modified-since"), response.headers.get("last-modified"))
      : tags
          .split(",")
          .map((tag) => tag.trim().replace(/^W\//, ""))
          .some((tag) => tag === "*" || tag === response.headers.get("etag"));
  if (!isKnown) return response;
  const headers = new Headers(response.headers);
  headers.delete("content-type");
  return new Response(null, { status: 304, headers });
}

function isUnchanged(since: string | null, modified: string | null): boolean {
  const [known, changed] = [since, modified].map((date) => Date.parse(date ?? ""));
  return known !== undefined && changed !== undefined && known >= changed;
}
