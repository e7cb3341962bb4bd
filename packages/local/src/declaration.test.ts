import path from "node:path";
import { expect, test } from "vitest";
import { findDeclaration } from "./declaration.ts";

const tiny = path.resolve(import.meta.dirname, "../test/tiny");

test("a part that a method made is traced to the component in whichever file declares it", () => {
  expect(findDeclaration(tiny, "JobsSubscriberVmrtab")).toMatchObject({
    name: "Jobs",
    place: expect.stringMatching(/^infra\/data\.ts:\d+$/),
  });
  expect(findDeclaration(tiny, "RouterUrlRoute")).toMatchObject({
    name: "Router",
    place: expect.stringMatching(/^sst\.config\.ts:\d+$/),
  });
  expect(findDeclaration(tiny, "Elsewhere")).toBeUndefined();
});
