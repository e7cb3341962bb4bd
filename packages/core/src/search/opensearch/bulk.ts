import { analyze, type Change, ownerOf } from "../search-document.ts";
import { segmentOf } from "../segment.ts";
import { normalize } from "../text/tokens.ts";

/** OpenSearch is quickest with bulks of some megabytes, and refuses those beyond its limit. */
const mostBytes = 4_000_000;

/** What is stored of a change: the document with its tokens, or the mark that it is gone. */
export function bodyOf({ id, document }: Change, now: Date): object {
  const segment = segmentOf(id);
  if (!document) return { id, segment, goneAt: now.toISOString() };
  const { text, headings, ...summary } = document;
  const { title, tags, author, kind, publishedAt } = summary;
  const terms = analyze(document);
  return {
    id,
    segment,
    kind,
    owner: ownerOf(document),
    ...(document.kind === "comment" ? { queue: document.queue } : { lang: document.lang }),
    tags,
    tagKeys: tags.map(normalize),
    authorName: author.displayName,
    authorKey: normalize(author.displayName),
    year: publishedAt.slice(0, 4),
    publishedAt,
    summary,
    title,
    tagText: tags.join("\n"),
    headings: headings.join("\n"),
    text,
    // Words of what is not public must not be offered to everybody as what they meant.
    terms: kind === "post" ? terms : { ...terms, vocabulary: "" },
  };
}

/** The changes as bodies of `_bulk`, each for all targets. Versions keep older writes out. */
export function* inBulks(targets: readonly string[], changes: readonly Change[]): Generator<object[]> {
  let bulk: object[] = [];
  let bytes = 0;
  const now = new Date();
  for (const change of changes) {
    const body = bodyOf(change, now);
    const size = Buffer.byteLength(JSON.stringify(body)) * targets.length;
    if (bytes > 0 && bytes + size > mostBytes) {
      yield bulk;
      bulk = [];
      bytes = 0;
    }
    for (const _index of targets) {
      const { id: _id, version } = change;
      bulk.push({ index: { _index, _id, version, version_type: "external_gte" } }, body);
    }
    bytes += size;
  }
  if (bulk.length > 0) yield bulk;
}
