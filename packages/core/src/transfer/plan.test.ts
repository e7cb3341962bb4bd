import { expect, test } from "vitest";
import { type ImportPlan, planImport } from "./plan.ts";

const article = (matter: string, body = "글") => `---\n${matter}\n---\n\n${body}\n`;
const plan = (files: Record<string, string>): ImportPlan =>
  planImport(
    Object.entries(files).map(([path, text]) => ({ path, text })),
    "en",
  );
const slugs = ({ works }: ImportPlan) =>
  works.map((work) => work.map(({ post: { lang, slug } }) => `${lang}/${slug}`));
const onlyFailure = (files: Record<string, string>) => {
  const { works, failed } = plan(files);
  expect([works.length, failed.length]).toEqual([0, 1]);
  return failed[0];
};

test("a file becomes a post with the fields of its front matter", () => {
  const matter =
    'title: "가을: 아침"\ndate: 2026-11-03T09:30+09:00\ntags: [일기, 2026]\ndescription: 짧은 글\nauthor: a@b.example';
  const { works, failed, skipped } = plan({ "ko/2026/autumn-morning.md": article(matter, "# 글\n\n본문") });
  expect({ works, failed, skipped }).toEqual({
    works: [
      [
        {
          path: "ko/2026/autumn-morning.md",
          post: {
            lang: "ko",
            slug: "autumn-morning",
            title: "가을: 아침",
            description: "짧은 글",
            tags: ["일기", "2026"],
            markdown: "# 글\n\n본문",
            publishedAt: "2026-11-03T00:30:00.000Z",
            isDraft: false,
          },
          authorEmail: "a@b.example",
        },
      ],
    ],
    failed: [],
    skipped: [],
  });
});

test.each([
  ["2024/12/05", "2024-12-05T00:00:00.000Z"],
  ["2024-2-3", "2024-02-03T00:00:00.000Z"],
  ["2024.12.05", "2024-12-05T00:00:00.000Z"],
  ["2024-12-05 09:30", "2024-12-05T09:30:00.000Z"],
  ["2024-12-05T09:30:15Z", "2024-12-05T09:30:15.000Z"],
  ["'2024-12-05T00:10:00+0900'", "2024-12-04T15:10:00.000Z"],
])("the date %s is read", (date, expected) => {
  expect(plan({ "ko/a.md": article(`title: a\ndate: ${date}`) }).works[0]?.[0]?.post.publishedAt).toBe(
    expected,
  );
});

test.each(["2024-02-30", "12/05/2024", "어제", "2024-13-01", "2024-12-05T25:00", "[1]"])(
  "the date %s is refused with its line",
  (date) => {
    expect(onlyFailure({ "ko/a.md": article(`title: a\ndate: ${date}`) })).toMatchObject({
      path: "ko/a.md",
      line: 3,
    });
  },
);

test("the language comes from the front matter, or else from the first folder", () => {
  const { works } = plan({ "a.md": article("title: a\nlang: en"), "ko/b.md": article("title: b") });
  expect(works.flat().map(({ post }) => post.lang)).toEqual(["en", "ko"]);
  expect(onlyFailure({ "fr/a.md": article("title: a") })?.reason).toContain("ko/ or en/");
  expect(onlyFailure({ "ko/a.md": article("title: a\nlang: fr") })).toMatchObject({ line: 3 });
});

test("files of one slug in two languages are one work", () => {
  const given = plan({
    "ko/one.md": article("title: 하나"),
    "en/one.md": article("title: One"),
    "ko/둘.md": article("title: 둘\nslug: two"),
    "en/second.md": article("title: Two\nslug: two"),
  });
  expect(slugs(given)).toEqual([
    ["en/one", "ko/one"],
    ["en/two", "ko/two"],
  ]);
});

test("equal base names take more of their path, the shorter path first, alike in every language", () => {
  const given = plan({
    "ko/learn/installation.md": article("title: a"),
    "ko/learn/react-compiler/installation.md": article("title: b"),
    "ko/learn/react-compiler/index.md": article("title: c"),
    "ko/learn/index.md": article("title: d"),
    "en/learn/react-compiler/installation.md": article("title: e"),
    "ko/blog/2024/12/05/react-19.md": article("title: f"),
  });
  expect(slugs(given).flat().sort()).toEqual([
    "en/react-compiler-installation",
    "ko/installation",
    "ko/learn",
    "ko/react-19",
    "ko/react-compiler",
    "ko/react-compiler-installation",
  ]);
});

test("a slug that one file names for itself is not given to another", () => {
  const given = plan({ "ko/a/hello.md": article("title: a"), "ko/b.md": article("title: b\nslug: hello") });
  expect(slugs(given).flat().sort()).toEqual(["ko/a-hello", "ko/hello"]);
});

test("the second file that names a slug fails, with the line and the first file", () => {
  const { works, failed } = plan({
    "ko/a.md": article("title: a\nslug: same"),
    "ko/b.md": article("title: b\nslug: same"),
  });
  expect(works.flat()).toHaveLength(1);
  expect(failed).toEqual([{ path: "ko/b.md", line: 3, reason: "ko/a.md has the same language and slug." }]);
});

test("Hangul, decomposed Hangul and signs in a file's name become a slug", () => {
  const name = "내 하루! (1)".normalize("NFD");
  expect(slugs(plan({ [`ko/${name}.md`]: article("title: a") }))).toEqual([["ko/내-하루-1"]]);
});

test("a file without front matter is skipped, not failed", () => {
  expect(plan({ "LICENSE.md": "# Licence" })).toEqual({
    works: [],
    failed: [],
    skipped: [{ path: "LICENSE.md", reason: "It has no front matter." }],
  });
});

test.each([
  ["no title", "date: 2024-12-05", 1, "title"],
  ["an empty title", "a: b\ntitle: ''", 3, "title"],
  ["a title of 1 MB", `title: ${"가".repeat(1_000_000)}`, 2, "title"],
  ["a title that is a list", "title: [a, b]", 2, "title"],
  ["tags that are numbers with names", "title: a\ntags:\n  b: 1", 3, "tags"],
  ["a slug with a path in it", "title: a\nslug: ../../etc", 3, "slug"],
  ["YAML that does not parse", 'title: "a\nb: c', 3, "YAML"],
  ["a name twice", "title: a\ntitle: b", 3, "YAML"],
  ["a text instead of names", "just words", 2, "front matter"],
  [
    "aliases that multiply",
    `a: &a [1,2]\nb: &b [*a,*a]\nc: &c [*b,*b]\nd: [${"*c,".repeat(30)}*c]\ntitle: a`,
    1,
    "front matter",
  ],
])("%s: the file fails with the line and the reason", (_name, matter, line, reason) => {
  const failure = onlyFailure({ "ko/a.md": article(matter) });
  expect(failure).toMatchObject({ path: "ko/a.md", line });
  expect(failure?.reason).toContain(reason);
  expect(failure?.reason.length).toBeLessThan(300);
});

test("front matter that never ends and text that is too long fail, other files do not", () => {
  const { works, failed } = plan({
    "ko/a.md": "---\ntitle: a\n글",
    "ko/b.md": article("title: b", "가".repeat(150_000)),
    "ko/c.md": article("title: c", "a\u0000b"),
    "ko/d.md": article("title: d"),
  });
  expect(works.flat().map(({ path }) => path)).toEqual(["ko/d.md"]);
  expect(failed.map(({ path, line }) => [path, line])).toEqual([
    ["ko/a.md", 1],
    ["ko/b.md", 4],
    ["ko/c.md", 4],
  ]);
});

test("a byte order mark and lines that end as on Windows are no obstacle", () => {
  const { works } = plan({ "ko/a.md": `\ufeff${article("title: a", "하나\n둘").replaceAll("\n", "\r\n")}` });
  expect(works[0]?.[0]?.post).toMatchObject({ title: "a", markdown: "하나\n둘" });
});
