import { strToU8, zipSync } from "fflate";
import { expect, test } from "vitest";
import { type ArchiveLimits, ArchiveProblem, isSafePath, unpack } from "./unpack.ts";

const limits: ArchiveLimits = { mostFiles: 10, mostBytes: 1_000_000, mostBytesOf: () => 100_000 };
const streamOf = (bytes: Uint8Array) => new Blob([new Uint8Array(bytes)]).stream();
const zip = (files: Record<string, Uint8Array>) => streamOf(zipSync(files));
const problemOf = (stream: ReadableStream<Uint8Array>, other: Partial<ArchiveLimits> = {}) =>
  unpack(stream, { ...limits, ...other }).then(
    () => undefined,
    (error: unknown) => (error instanceof ArchiveProblem ? error.why : error),
  );

test("what was packed comes out again, folders left aside", async () => {
  const given = { "posts/ko/하루.md": strToU8("본문"), "empty.md": new Uint8Array(), "a/": new Uint8Array() };
  const { files, refused } = await unpack(zip(given), limits);
  expect(files.map(({ path, bytes }) => [path, new TextDecoder().decode(bytes)])).toEqual([
    ["posts/ko/하루.md", "본문"],
    ["empty.md", ""],
  ]);
  expect(refused).toEqual([]);
});

test.each([
  "../secret.md",
  "a/../../secret.md",
  "/etc/passwd",
  "C:/windows.md",
  "..\\secret.md",
  "a//b.md",
  "a/./b.md",
  "nul\u0000.md",
  "a".repeat(600),
])("a path that leads elsewhere is left out: %j", async (path) => {
  expect(isSafePath(path)).toBe(false);
  const { files, refused } = await unpack(zip({ [path]: strToU8("x"), "good.md": strToU8("y") }), limits);
  expect(files.map((file) => file.path)).toEqual(["good.md"]);
  expect(refused).toEqual([{ path: path.slice(0, 200), why: "unsafe_path" }]);
});

test("a file of a few kilobytes that becomes many megabytes is dropped, and the others stay", async () => {
  const bomb = zipSync({ "bomb.md": new Uint8Array(50_000_000), "good.md": strToU8("y") }, { level: 9 });
  expect(bomb.length).toBeLessThan(100_000);
  const { files, refused } = await unpack(streamOf(bomb), { ...limits, mostBytes: 100_000_000 });
  expect(files.map(({ path }) => path)).toEqual(["good.md"]);
  expect(refused).toEqual([{ path: "bomb.md", why: "too_large" }]);
});

test("an archive that is a bomb as a whole is given up at its limit", async () => {
  const bombs = Object.fromEntries([1, 2, 3].map((n) => [`${n}.md`, new Uint8Array(20_000_000)]));
  expect(await problemOf(zip(bombs))).toBe("too_large");
});

test("a size that the archive understates does not let more through", async () => {
  const bytes = zipSync({ "a.md": new Uint8Array(500_000) }, { level: 9 });
  const view = new DataView(bytes.buffer);
  // The size of what comes out, in the file's own header.
  view.setUint32(22, 10, true);
  const outcome = await unpack(streamOf(bytes), limits).catch((error: unknown) => error);
  if (outcome instanceof ArchiveProblem) expect(outcome.why).toBe("broken");
  else expect(outcome).toMatchObject({ files: [], refused: [{ path: "a.md" }] });
});

test("too many files, and what is no archive, are told apart", async () => {
  const many = Object.fromEntries(Array.from({ length: 11 }, (_, n) => [`${n}.md`, strToU8("x")]));
  expect(await problemOf(zip(many))).toBe("too_many_files");
  expect(await problemOf(streamOf(strToU8("<html>not a zip</html>")))).toBe("broken");
  expect(
    await problemOf(
      streamOf(zipSync({ "a.md": crypto.getRandomValues(new Uint8Array(50_000)) }).subarray(0, 20_000)),
    ),
  ).toBe("broken");
});
