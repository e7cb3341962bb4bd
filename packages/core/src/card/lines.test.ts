import { expect, test } from "vitest";
import { setText } from "./lines.ts";

/** Every character is as wide as an em. */
const measure = (text: string, size: number) => [...text].length * size;
const room = (mostLines: number) => ({ width: 100, sizes: [{ size: 10, mostLines }] });

test("lines break between words and are about equally long", () => {
  const { lines } = setText("하나 둘 셋 넷 다섯", room(2), measure);
  expect(lines).toEqual(["하나 둘 셋", "넷 다섯"]);
});

test("a word that fills more than a line breaks, and nothing of the text is lost", () => {
  const text = "가".repeat(25);
  const { lines } = setText(text, room(3), measure);
  expect(lines.every((line) => measure(line, 10) <= 100)).toBe(true);
  expect(lines.join("")).toBe(text);
});

test("a longer text is set smaller, and what fits nowhere ends in an ellipsis within its line", () => {
  const sizes = [
    { size: 20, mostLines: 1 },
    { size: 10, mostLines: 2 },
  ];
  expect(setText("짧은 글", { width: 100, sizes }, measure)).toEqual({ size: 20, lines: ["짧은 글"] });
  const long = setText("하나 둘 셋 넷 다섯 여섯 일곱 여덟 아홉 열", { width: 100, sizes }, measure);
  expect(long.size).toBe(10);
  expect(long.lines).toHaveLength(2);
  expect(long.lines[1]).toMatch(/…$/);
  expect(long.lines.every((line) => measure(line, 10) <= 100)).toBe(true);
});
