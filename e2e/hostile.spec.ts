import { hostileMarkup } from "../packages/core/test/hostile-markup.ts";
import { expect, type Locator, pressUntil, test } from "./fixtures.ts";
import { asPerson, enter } from "./people.ts";

/** What the API takes: control characters it refuses. */
const probes = hostileMarkup.filter((markup) => !/[^\P{Cc}\t\n\r]/u.test(markup));
/** Each probe is followed by a word, which must not go with it. */
const words = probes.map((_, index) => `낱말${index}끝`);
const markdown = probes.map((probe, index) => `${probe}\n\n${words[index]}`).join("\n\n");

/** What in a rendered text could run, leave, or be taken for something of the page's own. */
function activeIn(text: Locator) {
  return text.evaluate((element) => {
    const all = [...element.querySelectorAll("*")];
    const running = ["base", "embed", "form", "iframe", "link", "meta", "object", "script", "style", "svg"];
    const leading = all.flatMap((each) => (each instanceof HTMLAnchorElement ? each.protocol : []));
    return {
      elements: all.map(({ localName }) => localName).filter((name) => running.includes(name)),
      handlers: all.flatMap((each) => each.getAttributeNames()).filter((name) => /^(?:on|style$)/.test(name)),
      schemes: [...new Set(leading)].filter((scheme) => !["http:", "https:", "mailto:"].includes(scheme)),
      ids: all.map(({ id }) => id).filter((id) => id !== "" && !/^(?:h-|fn-\d|fnref-\d)/.test(id)),
    };
  });
}

const nothing = { elements: [], handlers: [], schemes: [], ids: [] };

test("a post and a comment full of what people put into blogs to run something run nothing, ask no other origin and lose no word", async ({
  page,
  baseURL,
}) => {
  await enter(page, "ko", "한가시", "author");
  const slug = `hostile-${Date.now().toString(36)}`;
  const title = `</title><script>alert("${slug}")</script><img src=x onerror=alert(1)>`;
  const { postId } = await asPerson<{ postId: string }>(page, "POST", "/author/posts", {
    ...{ lang: "ko", slug, title, markdown },
    description: '"><svg onload=alert(1)>',
    tags: ["<b onclick=alert(1)>"],
    settings: { searchTitle: title, series: "<i onmouseover=alert(1)>" },
  });
  await asPerson(page, "POST", `/author/posts/${postId}/publish`, { revision: 1 });
  const { commentId } = await asPerson<{ commentId: string }>(page, "POST", `/posts/${postId}/comments`, {
    markdown,
  });

  const trapped: string[] = [];
  page.on("dialog", (dialog) => {
    trapped.push(`dialog: ${dialog.message()}`);
    return dialog.dismiss();
  });
  const { origin } = new URL(baseURL ?? "");
  page.on("request", (sent) => {
    const url = new URL(sent.url());
    if (url.protocol !== "data:" && url.origin !== origin) trapped.push(`request: ${url.href}`);
  });
  async function expectHarmless(text: Locator): Promise<void> {
    await expect(text).toContainText(words.at(-1) ?? "");
    const said = (await text.textContent()) ?? "";
    expect(words.filter((word) => !said.includes(word))).toEqual([]);
    await expect(text.locator(".bidi-control")).toHaveText("[U+202E]");
    expect(await activeIn(text)).toEqual(nothing);
  }

  // In the editor, to a reader who goes down to the comments, and in the lists.
  await page.goto(`/ko/write/${postId}`);
  await expectHarmless(page.locator(".preview .prose"));
  await page.goto(`/ko/posts/${slug}#${commentId}`);
  await expect(page.getByRole("heading", { level: 1, name: title })).toBeVisible();
  await expectHarmless(page.locator(".post-article .prose"));
  await expectHarmless(page.locator(`[id="${commentId}"] .prose`).first());
  await expect(async () => {
    await page.goto("/ko");
    await expect(page.getByRole("link", { name: title, exact: true })).toBeVisible({ timeout: 500 });
  }).toPass({ timeout: 20_000 });
  // The page's own scripts still find what they look for.
  await page.goto(`/ko/posts/${slug}`);
  const field = page.getByRole("dialog").getByRole("combobox");
  await pressUntil(page, "/", field);
  await expect(field).toBeFocused();
  const own = await page.evaluate(() => [typeof document.getElementById, typeof document.cookie]);
  expect(own).toEqual(["function", "string"]);
  expect(trapped).toEqual([]);
});
