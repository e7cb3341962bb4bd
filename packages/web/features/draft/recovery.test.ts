import { expect, test } from "vitest";
import type { DeviceCopy } from "./device-draft.ts";
import { type DraftFields, emptyFields } from "./draft-fields.ts";
import { recover, type StoredDraft } from "./recovery.ts";

const written = (markdown: string): DraftFields => ({ ...emptyFields, slug: "a", markdown });
const stored = (revision: number, markdown: string): StoredDraft => ({
  postId: "pst_1",
  revision,
  fields: written(markdown),
});
const copy = (revision: number | undefined, markdown: string, pending?: string): DeviceCopy => ({
  saved: revision === undefined ? undefined : { postId: "pst_1", revision },
  fields: written(markdown),
  pending: pending === undefined ? undefined : written(pending),
  createKey: "key-of-the-draft",
});

test("a copy that the server has all of is nothing to tell about", () => {
  expect(recover(stored(2, "ab"), copy(1, "ab")).kind).toBe("same");
});

test("what was not saved yet goes on where it stopped", () => {
  expect(recover(stored(1, "a"), copy(1, "ab"))).toMatchObject({
    kind: "recovered",
    opening: { fields: { markdown: "ab" }, saved: { revision: 1 } },
  });
});

test("a save of one's own whose answer got lost is no conflict", () => {
  expect(recover(stored(2, "ab"), copy(1, "abc", "ab"))).toMatchObject({
    kind: "recovered",
    opening: { fields: { markdown: "abc" }, saved: { revision: 2 }, leftover: { pending: undefined } },
  });
});

test("a save from elsewhere is a difference that somebody has to see", () => {
  expect(recover(stored(2, "theirs"), copy(1, "mine", "mi"))).toMatchObject({
    kind: "differs",
    opening: { fields: { markdown: "mine" }, saved: { revision: 1 } },
    theirs: { fields: { markdown: "theirs" } },
  });
});

test("a draft that was never created, or whose creation was not answered, is created under its old key", () => {
  expect(recover(undefined, copy(undefined, "ab", "a"))).toMatchObject({
    kind: "recovered",
    opening: { saved: undefined, leftover: { createKey: "key-of-the-draft", pending: { markdown: "a" } } },
  });
});
