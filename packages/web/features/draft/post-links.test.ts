import { CompletionContext } from "@codemirror/autocomplete";
import { EditorState } from "@codemirror/state";
import { expect, test } from "vitest";
import { linkTo, postLinks } from "./post-links.ts";

const post = { lang: "ko", slug: "가을", title: "가을 [하나]" } as const;
const offered = (doc: string, asked: string[] = []) =>
  postLinks(async (words) => {
    asked.push(words);
    return [post as never];
  })(new CompletionContext(EditorState.create({ doc }), doc.length, false));

test("a title with brackets is a link that ends where it should", () => {
  expect(linkTo(post)).toBe(String.raw`[가을 \[하나\]](/ko/posts/%EA%B0%80%EC%9D%84)`);
});

test("posts are looked for by what stands behind two brackets, and nowhere else", async () => {
  const asked: string[] = [];
  const result = await offered("어제 쓴 [[가을", asked);
  expect([asked, result?.from, result?.options.map(({ label }) => label)]).toEqual([
    ["가을"],
    "어제 쓴 ".length,
    [post.title],
  ]);
  for (const elsewhere of ["[가을", "[[가을]] 다음", "[[가을\n"]) expect(await offered(elsewhere)).toBeNull();
});
