import { readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { faultOf } from "./evidence.ts";

const page = readFileSync(path.resolve(import.meta.dirname, "../docs/well-architected.md"), "utf8");

/** The questions of the Serverless Lens. */
const questions = ["OPS 1", "OPS 2", "SEC 1", "SEC 2", "SEC 3", "REL 1", "REL 2", "PER 1", "COST 1"];

const rows = page
  .split("\n")
  .filter((line) => /^\| [A-Z]+ \d/.test(line))
  .map((line) => line.slice(2, -2).split(" | "))
  .map(([question = "", part = "", here = "", ...evidence]) => ({
    question: /^[A-Z]+ \d/.exec(question)?.[0] ?? "",
    part,
    here,
    evidence: evidence.join(" | "),
  }));

test("the page answers every question of the Lens, and has no empty cell", () => {
  expect([...new Set(rows.map(({ question }) => question))]).toEqual(questions);
  expect(rows.filter((row) => Object.values(row).some((cell) => cell.trim() === ""))).toEqual([]);
});

test.each(rows)("what the page claims for $question, $part, is there", ({ evidence }) => {
  expect(faultOf(evidence)).toBeUndefined();
});
