import { readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { faultOf } from "./evidence.ts";

const root = path.resolve(import.meta.dirname, "..");
const page = readFileSync(path.join(root, "docs/security.md"), "utf8");

/** Level 1 of ASVS 5.0: chapter and section, and how many requirements of the section are of it, by number. */
const levelOne: readonly string[] = [
  ...["1.2.1", "1.2.2", "1.2.3", "1.2.4", "1.2.5", "1.3.1", "1.3.2", "1.5.1"],
  ...["2.1.1", "2.2.1", "2.2.2", "2.3.1"],
  ...["3.2.1", "3.2.2", "3.3.1", "3.4.1", "3.4.2", "3.5.1", "3.5.2", "3.5.3"],
  ...["4.1.1", "4.4.1", "5.2.1", "5.2.2", "5.3.1", "5.3.2"],
  ...["6.1.1", "6.2.1", "6.2.2", "6.2.3", "6.2.4", "6.2.5", "6.2.6", "6.2.7", "6.2.8", "6.3.1", "6.3.2"],
  ...["6.4.1", "6.4.2", "7.2.1", "7.2.2", "7.2.3", "7.2.4", "7.4.1", "7.4.2"],
  ...["8.1.1", "8.2.1", "8.2.2", "8.3.1", "9.1.1", "9.1.2", "9.1.3", "9.2.1"],
  ...["10.4.1", "10.4.2", "10.4.3", "10.4.4", "10.4.5", "11.3.1", "11.3.2", "11.4.1"],
  ...["12.1.1", "12.2.1", "12.2.2", "13.4.1", "14.2.1", "14.3.1", "15.1.1", "15.2.1", "15.3.1"],
];

const rows = page
  .split("\n")
  .filter((line) => /^\| \d+\.\d+\.\d+ \|/.test(line))
  .map((line) => line.slice(2, -2).split(" | "))
  .map((cells) => ({ id: cells[0] ?? "", evidence: cells.slice(3).join(" | ") }));

test("the page has every requirement of level 1 once, in order", () => {
  expect(rows.map(({ id }) => id)).toEqual(levelOne);
});

test.each(rows)("what the page claims for $id is there", ({ evidence }) => {
  expect(faultOf(evidence)).toBeUndefined();
});

test.each([
  ["test `scripts/security.test.ts`: a test that nobody wrote"],
  ["test `scripts/no-such-file.test.ts`: anything"],
  ["set `infra/api.ts`: `cors: true`"],
  ["trust me"],
])("a claim that does not hold is noticed: %s", (evidence) => {
  expect(faultOf(evidence)).toBeDefined();
});
