import { expect, test } from "vitest";
import { stableName } from "./physical-name.ts";

const urn = "urn:pulumi:dev::app::sst:aws:Queue$aws:sqs/queue:Queue::JobsQueue";

test.each([
  ["haru-dev-JobsQueue-kxbmsatd", "haru-dev-JobsQueue"],
  ["haru-dev-JobsQueue-kxbmsatd.fifo", "haru-dev-JobsQueue.fifo"],
  ["haru-dev-mediabucket-aaaaaaaa", "haru-dev-mediabucket"],
  ["/aws/lambda/haru-dev-PostFunction-kxbmsatd", "/aws/lambda/haru-dev-PostFunction"],
])("the random letters at the end of %s go", (generated, stable) => {
  expect(stableName(generated, urn)).toBe(stable);
});

test("a name that was cut off keeps letters, which differ between two resources and stay the same between runs", () => {
  const cut = (letters: string, of: string) => stableName(`${"VeryLong".repeat(6)}-${letters}`, of);
  expect(cut("kxbmsatd", urn)).toBe(cut("aaaaaaaa", urn));
  expect(cut("kxbmsatd", urn)).not.toBe(cut("kxbmsatd", `${urn}2`));
  expect(cut("kxbmsatd", urn)).toMatch(/^(VeryLong){6}-[a-z]{8}$/);
});
