import { expect, test } from "vitest";
import { accountIdOf, idSchema, newId } from "./id.ts";

test("an id that is made later sorts later", () => {
  const moments = [0, 1, 999, 1_000, Date.UTC(2026, 10, 21), Date.UTC(2100, 0, 1)];
  const ids = moments.map((moment) => newId("post", new Date(moment)));
  expect(ids.toSorted()).toEqual(ids);
});

test("ids of one moment differ, and each fits the schema of its noun and of no other", () => {
  const now = new Date();
  const ids = Array.from({ length: 1_000 }, () => newId("comment", now));
  expect(new Set(ids).size).toBe(1_000);
  expect(idSchema("comment").safeParse(ids[0]).success).toBe(true);
  expect(idSchema("post").safeParse(ids[0]).success).toBe(false);
});

test("the account of a person follows from the pool's subject", () => {
  const accountId = accountIdOf("0b6cf8a2-7a54-4c11-9d1f-3f5b8a1c2d3e");
  expect(idSchema("account").parse(accountId)).toBe("acc_0b6cf8a2-7a54-4c11-9d1f-3f5b8a1c2d3e");
  expect(idSchema("account").safeParse("acc_undefined").success).toBe(false);
});
