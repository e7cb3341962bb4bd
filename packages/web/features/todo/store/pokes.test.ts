import { type ListId, newId } from "@haru/core/id";
import { expect, test } from "vitest";
import { hearPokes } from "./pokes.ts";

const listId = newId("list", new Date());
const poke = (seq: number, topic = "list") => ({ topic, id: listId, seq });

test("a poke of what is here already, or of something else than lists, says nothing new", () => {
  const pokes = hearPokes(() => 5);
  expect(pokes.hear(poke(5))).toBe(false);
  expect(pokes.hear(poke(4))).toBe(false);
  expect(pokes.hear(poke(9, "media"))).toBe(false);
  expect(pokes.areAhead()).toBe(false);
});

test("what was told stays ahead until a copy has it, and who came or went is always news", () => {
  const seqs = new Map<ListId, number>();
  const pokes = hearPokes((id) => seqs.get(id) ?? 0);
  expect(pokes.hear(poke(2))).toBe(true);
  expect(pokes.hear(poke(1))).toBe(true);
  seqs.set(listId, 1);
  expect(pokes.areAhead()).toBe(true);
  seqs.set(listId, 2);
  expect(pokes.areAhead()).toBe(false);
  expect(pokes.hear(poke(0))).toBe(true);
});

test("a list that no pull brings is asked for once and not for ever", () => {
  const pokes = hearPokes(() => 0);
  pokes.hear(poke(3));
  pokes.forget();
  expect(pokes.areAhead()).toBe(false);
});

const accepted = (...seqs: number[]) =>
  seqs.map((seq) => ({ mutationId: "mut_1", outcome: "accepted" as const, seqs: { [listId]: seq } }));

test("pokes of the device's own changes say nothing new, before and after their answer", () => {
  const pokes = hearPokes(() => 5);
  expect(pokes.hear(poke(7))).toBe(true);
  expect(pokes.areOnlyOwn(accepted(6, 7))).toBe(true);
  expect(pokes.areAhead()).toBe(false);
  expect(pokes.hear(poke(7))).toBe(false);
  expect(pokes.areOnlyOwn(accepted(8))).toBe(true);
  expect(pokes.hear(poke(9))).toBe(true);
  expect(pokes.areAhead()).toBe(true);
});

test("a change of somebody else between one's own is news, and so is a refusal", () => {
  const pokes = hearPokes(() => 5);
  expect(pokes.areOnlyOwn(accepted(7))).toBe(false);
  expect(pokes.areOnlyOwn([{ mutationId: "mut_1", outcome: "refused", reason: "moved" }])).toBe(false);
  expect(pokes.hear(poke(7))).toBe(true);
});

test("what a device made in a list that it lost since counts for nothing", () => {
  const pokes = hearPokes(() => 0);
  expect(pokes.areOnlyOwn(accepted(1, 2))).toBe(true);
  pokes.forget();
  expect(pokes.hear(poke(2))).toBe(true);
});
