import { fileURLToPath } from "node:url";
import { withBreaker } from "./breaker.ts";
import type { Signing } from "./opensearch/client.ts";
import { IndexUnavailable, type SearchIndex } from "./search-index.ts";

/** What stands in the place of an address where a stage has no index. */
export const noIndex = "none";

/**
 * The index at an endpoint: a host name is a domain of AWS, whose requests are signed; `http:` an
 * OpenSearch on this machine; `file:` an embedded index. AWS knows no other endpoints of domains than
 * host names, so that a deployed function can reach nothing but a domain.
 */
export function connectIndex(endpoint: string, signing: Signing): SearchIndex {
  const opening = endpoint === noIndex ? Promise.resolve(absent()) : open(endpoint, signing);
  return withBreaker(lazily(opening));
}

async function open(endpoint: string, signing: Signing): Promise<SearchIndex> {
  const url = new URL(endpoint.includes("://") ? endpoint : `https://${endpoint}`);
  if (url.protocol === "file:") {
    const { openEmbeddedIndex } = await import("./embedded/embedded-index.ts");
    return openEmbeddedIndex(fileURLToPath(url));
  }
  const { connectOpensearch } = await import("./opensearch/client.ts");
  const { openOpensearchIndex } = await import("./opensearch/opensearch-index.ts");
  return openOpensearchIndex(connectOpensearch(url.href, url.protocol === "https:" ? signing : undefined));
}

/** An index whose module is loaded at its first use: each process needs one of the two. */
function lazily(opening: Promise<SearchIndex>): SearchIndex {
  opening.catch(() => {}); // Whoever uses it gets the error.
  return {
    open: async () => (await opening).open(),
    write: async (...args) => (await opening).write(...args),
    find: async (...args) => (await opening).find(...args),
    similarWords: async (...args) => (await opening).similarWords(...args),
    generations: async () => (await opening).generations(),
    begin: async () => (await opening).begin(),
    swap: async (...args) => (await opening).swap(...args),
    drop: async (...args) => (await opening).drop(...args),
    listVersions: async (...args) => (await opening).listVersions(...args),
    refresh: async () => (await opening).refresh(),
    sweep: async (...args) => (await opening).sweep(...args),
    close: async () => (await opening).close(),
  };
}

function absent(): SearchIndex {
  const refuse = () => Promise.reject(new IndexUnavailable("This stage has no index"));
  return {
    open: refuse,
    write: refuse,
    find: refuse,
    similarWords: refuse,
    generations: refuse,
    begin: refuse,
    swap: refuse,
    drop: refuse,
    listVersions: refuse,
    refresh: refuse,
    sweep: refuse,
    close: async () => {},
  };
}
