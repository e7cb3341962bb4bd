import { pbkdf2 } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { readdir } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { pipeline } from "node:stream/promises";
import { promisify } from "node:util";
import { afterAll, expect, test } from "vitest";
import { intoFile } from "./s3-spool.ts";

const folder = mkdtempSync(path.join(tmpdir(), "s3-spool-"));
afterAll(() => rmSync(folder, { recursive: true }));

test("a file is not made after its pipeline has failed, however late it can be opened", async () => {
  const file = path.join(folder, "upload");
  // The threads that open files have something else to do first.
  const busy = Array.from({ length: 8 }, () => promisify(pbkdf2)("", "", 200_000, 64, "sha512"));
  async function* refusing(): AsyncGenerator<Buffer> {
    yield* [];
    throw new Error("Too large.");
  }
  await expect(pipeline(refusing(), intoFile(file))).rejects.toThrow("Too large.");
  rmSync(file, { force: true });
  await Promise.all(busy);
  expect(await readdir(folder)).toEqual([]);
});
