import { descriptionContract } from "@haru/core/description/description.contract";
import { expect, test } from "vitest";
import { call } from "../test/call.ts";
import { handler } from "./description.ts";

test("everybody reads the description, without a link and for a while from a cache", async () => {
  const answer = await call(handler, descriptionContract.read);
  expect(answer).toMatchObject({
    status: 200,
    headers: { "cache-control": "public, max-age=300" },
    body: { openapi: "3.1.1" },
  });
});

test("a query that it does not know is refused", async () => {
  const answer = await call(handler, descriptionContract.read, { input: { version: "2" } });
  expect(answer).toMatchObject({ status: 400, body: { error: { code: "invalid_input" } } });
});
