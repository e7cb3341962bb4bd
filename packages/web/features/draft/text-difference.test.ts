import { expect, test } from "vitest";
import { abridge, differenceOf } from "./text-difference.ts";

const sideOf = (parts: ReturnType<typeof differenceOf>, other: "added" | "removed") =>
  parts
    .filter(({ kind }) => kind !== other)
    .map(({ text }) => text)
    .join("");

test.each([
  ["", ""],
  ["하나", ""],
  ["", "둘"],
  ["가을 아침에 걷는다.", "가을 저녁에 걷는다."],
  ["a\n\nb\nc", "a\nb\n\nd"],
  ["한 줄\n".repeat(500), `${"한 줄\n".repeat(250)}다른 줄\n${"한 줄\n".repeat(250)}`],
])("both texts can be read back from their difference", (before, after) => {
  const parts = differenceOf(before, after);
  expect(sideOf(parts, "added")).toBe(before);
  expect(sideOf(parts, "removed")).toBe(after);
});

test("only what changed is marked", () => {
  const changed = differenceOf("가을 아침에 걷는다.", "가을 저녁에 걷는다.").filter(
    ({ kind }) => kind !== "same",
  );
  expect(changed.map(({ text }) => text.length <= 4)).toEqual(changed.map(() => true));
});

test("what did not change is left out but for some lines beside a change", () => {
  const long = Array.from({ length: 100 }, (_, line) => `줄 ${line}`).join("\n");
  const parts = abridge(differenceOf(long, long.replace("줄 50\n", "다른 줄\n")));
  expect(parts.filter((part) => part === undefined)).toHaveLength(2);
  const shown = parts.map((part) => part?.text ?? "").join("");
  expect(shown).toContain("줄 49");
  expect(shown).toContain("줄 51");
  expect(shown).not.toContain("줄 10\n");
});
