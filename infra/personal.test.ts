import path from "node:path";
import { recordStage } from "@haru/local/synth/record";
import { describe, expect, test } from "vitest";
import { type PropertyName, properties, sentenceOf } from "./property/every.ts";

const personal = await recordStage(path.resolve(import.meta.dirname, ".."), "somebody");
const names = Object.keys(properties) as PropertyName[];

describe("in a personal stage", () => {
  test.each(names.map((name) => [sentenceOf(name), properties[name]] as const))("%s", (_, property) => {
    expect(property(personal)).toEqual([]);
  });

  test("nothing is left behind when the stage is removed", () => {
    expect(personal.resources.filter(({ retainOnDelete }) => retainOnDelete).map(({ name }) => name)).toEqual(
      [],
    );
  });
});
