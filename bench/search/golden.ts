import { readFileSync } from "node:fs";
import path from "node:path";
import { createCore } from "@haru/core/core";
import { defaultLocale, localeSchema } from "@haru/core/locale";
import { find } from "@haru/core/search/search";
import type { SearchIndex } from "@haru/core/search/search-index";
import type { Table } from "@haru/core/table";
import * as z from "zod";
import type { Article } from "./documents.ts";

/** One judged query: what a person types, and how well each article answers it (3 best, 1 barely). */
const judgedSchema = z.strictObject({
  kind: z.string(),
  lang: localeSchema.optional(),
  query: z.string(),
  answers: z.record(z.string(), z.number().int().min(1).max(3)),
});
export type Judged = z.output<typeof judgedSchema>;

export function readGoldenSet(): Judged[] {
  const lines = readFileSync(path.join(import.meta.dirname, "golden.jsonl"), "utf8")
    .trim()
    .split("\n");
  return lines.map((line) => judgedSchema.parse(JSON.parse(line)));
}

export interface Outcome extends Judged {
  readonly found: readonly string[];
  readonly correctedTo: string | undefined;
  /** One over the rank of the first answer, 0 when there is none among the first ten. */
  readonly reciprocalRank: number;
  readonly ndcg: number;
}

/** Asks the index every query, as the search route does. */
export async function judge(
  index: SearchIndex,
  articles: readonly Article[],
  set: readonly Judged[],
): Promise<Outcome[]> {
  const names = new Map<string, string>(articles.map(({ name, document }) => [document.postId, name]));
  const outcomes: Outcome[] = [];
  for (const judged of set) {
    const core = {
      ...createCore({ table: {} as Table, locale: judged.lang ?? defaultLocale }),
      now: () => new Date("2026-11-21T00:00:00.000Z"),
      index,
    };
    const { items, correctedTo } = await find(core, { q: judged.query, lang: judged.lang, limit: 10 });
    // Both languages of a work answer alike.
    const found = [...new Set(items.map(({ postId }) => names.get(postId) ?? postId))];
    const first = found.findIndex((name) => judged.answers[name] !== undefined);
    outcomes.push({
      ...judged,
      found,
      correctedTo,
      reciprocalRank: first < 0 ? 0 : 1 / (first + 1),
      ndcg: gain(found.map((name) => judged.answers[name] ?? 0)) / gain(bestOrder(judged)),
    });
  }
  return outcomes;
}

function bestOrder({ answers }: Judged): number[] {
  return Object.values(answers)
    .sort((a, b) => b - a)
    .slice(0, 10);
}

/** Discounted cumulative gain: twice as good counts more than twice, and lower ranks count less. */
function gain(grades: readonly number[]): number {
  return grades.reduce((sum, grade, rank) => sum + (2 ** grade - 1) / Math.log2(rank + 2), 0);
}

export function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
