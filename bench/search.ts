/**
 * How well and how quickly both indexes find: the golden set over real articles, queries among
 * 10,000 posts, what the analysis costs beside a bare `_bulk` of the same bodies, and how soon what is
 * published is found. `BENCH_POSTS` takes fewer posts.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { newId } from "@haru/core/id";
import { openEmbeddedIndex } from "@haru/core/search/embedded/embedded-index";
import { inBulks } from "@haru/core/search/opensearch/bulk";
import { connectOpensearch } from "@haru/core/search/opensearch/client";
import { openOpensearchIndex } from "@haru/core/search/opensearch/opensearch-index";
import { generationBody } from "@haru/core/search/opensearch/schema";
import { readQuery } from "@haru/core/search/query";
import { documentId, type SearchDocument } from "@haru/core/search/search-document";
import type { SearchIndex } from "@haru/core/search/search-index";
import { startOpensearch } from "@haru/local/engine/opensearch";
import { whyNoOpensearch } from "@haru/local/engine/opensearch-install";
import { type Figure, quantile, timeMs } from "./figure.ts";
import { type Article, articlesFolder, readArticles } from "./search/documents.ts";
import { measureFreshness } from "./search/freshness.ts";
import { judge, mean, readGoldenSet } from "./search/golden.ts";

const posts = Number(process.env.BENCH_POSTS ?? 10_000);
const rounds = 40;
const documentsPerWrite = 500;
const goalMrr = 0.9;
const goalShareOfBulk = 0.8;
/** Found anew in each round, so that no cache answers for the index. */
const queries = {
  prefix: ["컴파", "렌더", "typesc", "conc", "이벤트 핸"],
  word: ["컴파일러", "렌더링", "compiler", "배열", "suspense"],
  phrase: ['"조건부 렌더링"', '"server components"', '"사이드 이펙트"', '"strict mode"'],
  facet: ["컴포넌트 tag:표본", "react after:2025", "state before:2024", "서버 author:react"],
} as const;

export async function measure(): Promise<Figure[]> {
  const folder = articlesFolder();
  if (!folder) throw new Error("The articles of the golden set are not at hand: shared/data/posts.");
  const articles = readArticles(folder);
  const many = manyOf(articles);
  const figures: Figure[] = [];
  const scratch = mkdtempSync(path.join(tmpdir(), "haru-bench-"));
  try {
    for (const part of ["golden", "many"] as const) {
      const index = openEmbeddedIndex(path.join(scratch, `${part}.sqlite`));
      await index.open();
      if (part === "golden") figures.push(...(await measureQuality("embedded", index, articles)));
      else figures.push(...(await measureSpeed("embedded", index, many)));
      await index.close();
    }
    const missing = await whyNoOpensearch();
    if (missing) process.stdout.write(`OpenSearch is left out: ${missing}\n`);
    else figures.push(...(await measureOpensearch(articles, many)));
  } finally {
    rmSync(scratch, { recursive: true });
  }
  figures.push(...(await measureFreshness()));
  return figures;
}

async function measureOpensearch(articles: readonly Article[], many: readonly SearchDocument[]) {
  const figures: Figure[] = [];
  for (const part of ["golden", "many"] as const) {
    const engine = await startOpensearch({ log: () => {} });
    const client = connectOpensearch(engine.url);
    const index = openOpensearchIndex(client, { readMilliseconds: 30_000 });
    await index.open();
    if (part === "golden") figures.push(...(await measureQuality("opensearch", index, articles)));
    else {
      await client.indices.create({ index: "bare", body: generationBody as object });
      const changes = many.map((document) => ({ id: document.id, version: 1, document }));
      const bodies = [...inBulks(["bare"], changes)];
      const bareMs = await timeMs(async () => {
        for (const body of bodies) await client.bulk({ body });
      });
      await client.indices.delete({ index: "bare" });
      const from = performance.now();
      figures.push(...(await measureSpeed("opensearch", index, many)));
      const write = figures.find(({ name }) => name === "opensearch-write");
      const oursMs = write ? (many.length / write.value) * 1000 : performance.now() - from;
      const goal = { operator: ">=", value: goalShareOfBulk } as const;
      figures.push({ name: "opensearch-share-of-bare-bulk", value: bareMs / oursMs, unit: "times", goal });
    }
    await index.close();
    await engine.stop();
  }
  return figures;
}

async function measureQuality(
  name: string,
  index: SearchIndex,
  articles: readonly Article[],
): Promise<Figure[]> {
  await index.write(articles.map(({ document }) => ({ id: document.id, version: 1, document })));
  await index.refresh();
  const outcomes = await judge(index, articles, readGoldenSet());
  for (const { kind, query, reciprocalRank, found } of outcomes.filter((each) => each.reciprocalRank < 1)) {
    process.stdout.write(
      `${name} ${reciprocalRank.toFixed(2)} ${kind}: ${query} → ${found.slice(0, 3).join(", ")}\n`,
    );
  }
  return [
    {
      name: `${name}-mrr`,
      value: mean(outcomes.map(({ reciprocalRank }) => reciprocalRank)),
      unit: `over ${outcomes.length} queries`,
      goal: { operator: ">=", value: goalMrr },
    },
    { name: `${name}-ndcg-10`, value: mean(outcomes.map(({ ndcg }) => ndcg)), unit: "" },
    {
      name: `${name}-zero-results`,
      value: outcomes.filter(({ found }) => found.length === 0).length,
      unit: "queries",
      goal: { operator: "<=", value: 0 },
    },
  ];
}

async function measureSpeed(
  name: string,
  index: SearchIndex,
  documents: readonly SearchDocument[],
): Promise<Figure[]> {
  const writeMs = await timeMs(async () => {
    for (let at = 0; at < documents.length; at += documentsPerWrite) {
      const some = documents.slice(at, at + documentsPerWrite);
      await index.write(some.map((document) => ({ id: document.id, version: 1, document })));
    }
  });
  await index.refresh();
  const figures: Figure[] = [
    { name: `${name}-write`, value: (documents.length / writeMs) * 1000, unit: "documents/s" },
  ];
  for (const [kind, typed] of Object.entries(queries)) {
    const samples: number[] = [];
    for (let round = 0; round < rounds; round++) {
      const query = readQuery(typed[round % typed.length] ?? "");
      const request = {
        query,
        visibility: { kind: "post" },
        narrowing: { lang: round % 2 === 0 ? "ko" : undefined },
        needsAll: true,
        limit: 20,
        wantsFacets: kind === "facet",
        now: new Date(),
      } as const;
      samples.push(await timeMs(() => index.find(request)));
    }
    figures.push(
      { name: `${name}-${kind}-p50`, value: quantile(samples, 0.5), unit: "ms" },
      { name: `${name}-${kind}-p95`, value: quantile(samples, 0.95), unit: "ms" },
    );
  }
  return figures;
}

/** As many posts as wanted, each of some paragraphs of the real articles. */
function manyOf(articles: readonly Article[]): SearchDocument[] {
  const now = new Date();
  return Array.from({ length: posts }, (_, at) => {
    const { document } = articles[at % articles.length] as Article;
    const lines = document.text.split("\n");
    const from = (at * 7) % Math.max(1, lines.length - 12);
    const postId = newId("post", now);
    return {
      ...document,
      id: documentId("post", postId),
      postId,
      slug: `post-${at}`,
      title: `${document.title} ${at}`,
      tags: at % 5 === 0 ? ["표본"] : [],
      publishedAt: new Date(now.getTime() - at * 3_600_000).toISOString(),
      text: lines.slice(from, from + 12).join("\n"),
    };
  });
}
