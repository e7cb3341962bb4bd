import { expect, test } from "vitest";
import { compress, decompress } from "./compression.ts";

test("text comes back as it was, and Korean needs a third of its bytes at most", async () => {
  const text = "아침에는 공원을 걸었다. 잎이 붉었다. ".repeat(500);
  const bytes = await compress(text);
  expect(await decompress(bytes)).toBe(text);
  expect(bytes.length).toBeLessThan(Buffer.byteLength(text) / 3);
});

test("what no item can hold is refused as too large", async () => {
  const parts = Array.from({ length: 10 }, () => crypto.getRandomValues(new Uint8Array(60_000)));
  const text = parts.map((bytes) => Buffer.from(bytes).toString("base64")).join("");
  await expect(compress(text)).rejects.toMatchObject({ code: "too_large" });
});
