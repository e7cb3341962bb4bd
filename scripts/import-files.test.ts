import { existsSync } from "node:fs";
import { mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { posts } from "@haru/core/list/list";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { newPerson } from "../packages/core/test/people.ts";
import { startTable, type TestTable } from "../packages/core/test/table.ts";
import { importFiles } from "./import-files.ts";
import { describeReport } from "./import-folder.ts";

let engine: TestTable;
let author: Awaited<ReturnType<typeof newPerson>>;
let folder: string;
beforeAll(async () => {
  engine = await startTable();
  author = await newPerson(engine.table, { locale: "en" });
});
afterAll(() => engine.stop());
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "haru-import-"));
});
afterEach(() => rm(folder, { recursive: true }));

const known = "author@haru.example";
const run = (from = folder, email = known) =>
  importFiles(from, {
    author: email,
    findAccountId: async (asked) => (asked === known ? author.actor.accountId : undefined),
    coreFor: () => author,
  });
async function put(name: string, content: string | Uint8Array): Promise<void> {
  await mkdir(path.dirname(path.join(folder, name)), { recursive: true });
  await writeFile(path.join(folder, name), content);
}
const article = (title: string) => `---\ntitle: ${title}\ndate: 2026-11-03\n---\n\n${title}의 본문\n`;

test("good files are imported although bad ones lie between them; a second run changes nothing", async () => {
  await put("ko/good-one.md", article("하나"));
  await put("en/good-one.md", article("One"));
  await put("ko/no-title.md", "---\ndate: 2026-11-03\n---\n\n글");
  await put("ko/latin1.md", Buffer.from(`${article("caf")}\xe9`, "latin1"));
  await put("ko/huge.md", article("가".repeat(2_000_000)));
  await put("ko/picture.png", "no text");
  await put("ko/.hidden.md", article("숨김"));
  await put("README.md", "# 글 모음");
  const first = await run();
  expect(first.imported.toSorted()).toEqual(["en/good-one.md", "ko/good-one.md"]);
  expect(first.skipped).toEqual([{ path: "README.md", reason: "It has no front matter." }]);
  expect(first.failed.toSorted((a, b) => (a.path < b.path ? -1 : 1))).toEqual([
    { path: "ko/huge.md", reason: "It has 12001 kB; a post may have 300 kB." },
    { path: "ko/latin1.md", reason: "It is not UTF-8." },
    { path: "ko/no-title.md", line: 1, reason: expect.stringMatching(/^title: /) },
  ]);
  const second = await run();
  expect([second.imported, second.updated, second.unchanged.length]).toEqual([[], [], 2]);
});

test("links that lead out of the folder are refused, links inside it are followed", async () => {
  await put("ko/real.md", article("진짜"));
  await symlink("/etc/hostname", path.join(folder, "ko/outside.md"));
  await symlink(path.join(folder, "nowhere"), path.join(folder, "ko/broken.md"));
  await symlink(path.join(folder, "ko/real.md"), path.join(folder, "ko/inside.md"));
  const { imported, failed } = await run();
  expect(imported.toSorted()).toEqual(["ko/inside.md", "ko/real.md"]);
  expect(failed).toEqual([
    { path: "ko/broken.md", reason: "It is a link to nothing." },
    { path: "ko/outside.md", reason: "It is a link to a file outside the folder." },
  ]);
});

test("an author who is unknown ends the import with one sentence, a file's own unknown author only that file", async () => {
  await put("ko/other.md", "---\ntitle: 남의 글\nauthor: nobody@haru.example\n---\n\n글");
  await put("ko/mine.md", article("내 글"));
  await expect(run(folder, "nobody@haru.example")).rejects.toThrow(
    "There is no account for nobody@haru.example.",
  );
  const { imported, failed } = await run();
  expect(imported).toEqual(["ko/mine.md"]);
  expect(failed).toMatchObject([
    { path: "ko/other.md", reason: expect.stringContaining("nobody@haru.example") },
  ]);
  await expect(run(path.join(folder, "missing"))).rejects.toThrow("There is no folder");
});

test("the report counts every kind and names each file that was not imported, with its line", () => {
  const report = describeReport({
    imported: ["a", "b"],
    updated: [],
    unchanged: ["c"],
    skipped: [],
    failed: [{ path: "ko/a.md", line: 3, reason: "title: too long" }],
  });
  expect(report).toBe(
    [
      "imported       2",
      "updated        0",
      "unchanged      1",
      "skipped        0",
      "failed         1",
      "",
      "failed     ko/a.md:3  title: too long",
    ].join("\n"),
  );
});

/** Real articles, which are no part of the repository. */
const articles = path.resolve(import.meta.dirname, "../../shared/data/posts");

test.skipIf(!existsSync(articles))(
  "the real articles are imported whole, in pairs, and only once",
  async () => {
    const first = await run(articles);
    expect([first.imported.length, first.failed, first.skipped.length]).toEqual([60, [], 1]);
    const second = await run(articles);
    expect([second.unchanged.length, second.imported, second.updated]).toEqual([60, [], []]);
    const { items } = await posts(author, { lang: "ko", limit: 1 });
    expect(items[0]?.publishedAt).toBeDefined();
  },
  120_000,
);
