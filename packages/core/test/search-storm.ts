import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { DatabaseSync } from "node:sqlite";
import { type OpensearchEngine, startOpensearch } from "../../local/src/engine/opensearch.ts";
import { whyNoOpensearch } from "../../local/src/engine/opensearch-install.ts";
import { openEmbeddedIndex } from "../src/search/embedded/embedded-index.ts";
import { connectOpensearch } from "../src/search/opensearch/client.ts";
import { openOpensearchIndex } from "../src/search/opensearch/opensearch-index.ts";
import type { SearchIndex } from "../src/search/search-index.ts";

interface Stored {
  readonly title: string;
  /** Of a comment. */
  readonly queue?: string;
}

export interface StormIndex {
  readonly index: SearchIndex;
  /** Ends whatever holds the index, and starts it again on the same data. */
  restart(): Promise<void>;
  /** What is stored under an id of the first generation; nothing for a mark. */
  read(id: string): Promise<Stored | undefined>;
  stop(): Promise<void>;
}

function startEmbedded(): StormIndex {
  const folder = mkdtempSync(path.join(tmpdir(), "haru-storm-"));
  const file = path.join(folder, "index.sqlite");
  const index = openEmbeddedIndex(file);
  return {
    index,
    // The file has no server: another process that opens it is the nearest to a restart.
    async restart() {
      await openEmbeddedIndex(file).close();
    },
    async read(id) {
      const database = new DatabaseSync(file, { readOnly: true });
      const row = database.prepare("SELECT summary FROM documents_v1 WHERE id = ?").get(id);
      database.close();
      return row?.summary ? JSON.parse(String(row.summary)) : undefined;
    },
    async stop() {
      await index.close();
      rmSync(folder, { recursive: true });
    },
  };
}

async function startReal(): Promise<StormIndex> {
  const dataFolder = mkdtempSync(path.join(tmpdir(), "haru-storm-"));
  let engine: OpensearchEngine = await startOpensearch({ dataFolder, log: () => {} });
  const port = Number(new URL(engine.url).port);
  const client = connectOpensearch(engine.url);
  const index = openOpensearchIndex(client, { readMilliseconds: 30_000 });
  return {
    index,
    async restart() {
      await engine.stop();
      engine = await startOpensearch({ dataFolder, port, log: () => {} });
    },
    async read(id) {
      const { body } = await client.get({ index: "haru-posts-v1", id }, { ignore: [404] });
      return (body as { _source?: { summary?: Stored } })._source?.summary;
    },
    async stop() {
      await index.close();
      await engine.stop();
      rmSync(dataFolder, { recursive: true, force: true, maxRetries: 3 });
    },
  };
}

export const stormKinds = [
  { name: "the embedded index", missing: undefined, start: async () => startEmbedded() },
  { name: "OpenSearch", missing: await whyNoOpensearch(), start: startReal },
] as const;
