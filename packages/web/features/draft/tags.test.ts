import { expect, test } from "vitest";
import { addTags } from "./tags.ts";

test("tags come from commas, without their sign, each once", () => {
  expect(addTags(["검색"], " #서버리스, DynamoDB , 검색,,# ")).toEqual(["검색", "서버리스", "DynamoDB"]);
});

test("there are never more than the contract takes", () => {
  expect(addTags([], Array.from({ length: 30 }, (_, n) => `t${n}`).join(","))).toHaveLength(20);
});
