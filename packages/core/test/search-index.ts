import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { whyNoOpensearch } from "../../local/src/engine/opensearch-install.ts";
import { borrowEngine, returnEngine } from "../../local/test/shared-engines.ts";
import { accountIdOf, newId } from "../src/id.ts";
import { openEmbeddedIndex } from "../src/search/embedded/embedded-index.ts";
import { connectOpensearch } from "../src/search/opensearch/client.ts";
import { openOpensearchIndex } from "../src/search/opensearch/opensearch-index.ts";
import {
  type CommentDocument,
  documentId,
  type PostDocument,
  type SearchDocument,
} from "../src/search/search-document.ts";
import type { SearchIndex } from "../src/search/search-index.ts";

export interface TestIndex {
  readonly index: SearchIndex;
  stop(): Promise<void>;
}

function startEmbedded(): TestIndex {
  const folder = mkdtempSync(path.join(tmpdir(), "haru-search-"));
  const index = openEmbeddedIndex(path.join(folder, "index.sqlite"));
  return {
    index,
    async stop() {
      await index.close();
      rmSync(folder, { recursive: true });
    },
  };
}

/** A real OpenSearch, with nothing in it, for whoever asked alone. */
export async function borrowOpensearch(): Promise<{ readonly url: string; stop(): Promise<void> }> {
  const url = await borrowEngine("search");
  return {
    url,
    async stop() {
      const answer = await fetch(`${url}/_all`, { method: "DELETE" });
      if (!answer.ok) throw new Error(`The search engine could not be emptied: ${await answer.text()}`);
      await returnEngine("search", url);
    },
  };
}

async function startOpensearchIndex(): Promise<TestIndex> {
  const engine = await borrowOpensearch();
  const index = openOpensearchIndex(connectOpensearch(engine.url), { readMilliseconds: 30_000 });
  return {
    index,
    async stop() {
      await index.close();
      await engine.stop();
    },
  };
}

/** Both implementations, each with why it cannot run here, if it cannot. Said aloud, since skipped is not passed. */
const missing = await whyNoOpensearch();
if (missing) process.stderr.write(`The suite on OpenSearch is skipped: ${missing}\n`);
export const implementations = [
  { name: "embedded", missing: undefined, start: async () => startEmbedded() },
  { name: "OpenSearch", missing, start: startOpensearchIndex },
] as const;

export const testAuthor = {
  accountId: accountIdOf("00000000-0000-4000-8000-00000000000a"),
  displayName: "김하루",
};

/** A post's document with what a test cares about. */
export function documentOf(fields: Partial<Omit<PostDocument, "id">> = {}): PostDocument {
  const postId = fields.postId ?? newId("post", new Date());
  const kind = fields.kind ?? "post";
  return {
    id: documentId(kind, postId),
    version: 1,
    kind,
    postId,
    lang: "ko",
    slug: postId.slice(-8),
    title: "제목",
    description: "",
    tags: [],
    author: testAuthor,
    publishedAt: "2026-01-01T00:00:00.000Z",
    headings: [],
    text: "",
    ...fields,
  };
}

/** A comment's document with what a test cares about, under a post of `testAuthor`. */
export function commentDocumentOf(fields: Partial<Omit<CommentDocument, "id">> = {}): CommentDocument {
  const { postId = newId("post", new Date()), commentId = newId("comment", new Date()) } = fields;
  const { threadId = commentId, author = { ...testAuthor, displayName: "박가을" } } = fields;
  return {
    id: documentId("comment", postId, threadId, commentId),
    version: 1,
    kind: "comment",
    ...{ postId, threadId, commentId },
    postAuthorId: testAuthor.accountId,
    queue: "none",
    title: author.displayName,
    description: "",
    tags: [],
    author,
    publishedAt: "2026-01-01T00:00:00.000Z",
    headings: [],
    text: "",
    ...fields,
  };
}

/** Writes documents and makes them findable. */
export async function put(index: SearchIndex, ...documents: readonly SearchDocument[]): Promise<void> {
  const refused = await index.write(
    documents.map((document) => ({ id: document.id, version: document.version, document })),
  );
  if (refused.length > 0) throw new Error(`Refused: ${JSON.stringify(refused)}`);
  await index.refresh();
}
