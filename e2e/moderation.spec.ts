import { sampleAccounts, samplePassword } from "../scripts/sample-accounts.ts";
import {
  expect,
  expectAccessible,
  expectContrast,
  type Page,
  pressOn,
  test,
  tick,
  typeInto,
} from "./fixtures.ts";
import { asPerson, enter, resume } from "./people.ts";

const words = {
  ko: {
    author: "정미나리",
    reader: "한소나기",
    title: "댓글 살피기",
    post: "뒷산의 새",
    label: "찾을 말",
    everything: "모든 댓글",
    waiting: "기다리는 댓글",
    reported: "신고된 댓글",
    hidden: "가린 댓글",
    shown: "보이는 댓글",
    back: "찾기 그만두기",
    word: "딱따구리",
    asked: "딱따구리를",
    said: "어제 뒷산에서 **딱따구리**를 보았습니다.",
    alsoSaid: "저는 소쩍새 소리를 들었습니다.",
    approve: (name: string) => `${name} 님의 댓글 보이기`,
    hide: (name: string) => `${name} 님의 댓글 가리기`,
    approveChosen: "보이기",
    hideChosen: "가리기",
    chosen: (count: number) => `${count}개 선택`,
    done: (count: number) => `댓글 ${count}개를 살폈습니다.`,
    reports: "신고 1건",
    none: (q: string) => `‘${q}’에 맞는 댓글이 없습니다.`,
    nothing: "존재하지않는낱말뭉치",
  },
  en: {
    author: "Minna Jeong",
    reader: "Sona Han",
    title: "Moderation",
    post: "Birds of the hill",
    label: "Words to look for",
    everything: "All comments",
    waiting: "Waiting",
    reported: "Reported",
    hidden: "Hidden",
    shown: "Shown",
    back: "Back to the queues",
    word: "woodpecker",
    asked: "woodpeckers",
    said: "Yesterday I saw a **woodpecker** on the hill.",
    alsoSaid: "I heard an owl.",
    approve: (name: string) => `Show the comment by ${name}`,
    hide: (name: string) => `Hide the comment by ${name}`,
    approveChosen: "Show",
    hideChosen: "Hide",
    chosen: (count: number) => `${count} chosen`,
    done: (count: number) => (count === 1 ? "1 comment was moderated." : `${count} comments were moderated.`),
    reports: "1 report",
    none: (q: string) => `No comment fits “${q}”.`,
    nothing: "xylophonequartzwaltz",
  },
} as const;

const looks = [
  { name: "wide-light", width: 1280, colorScheme: "light" },
  { name: "narrow-dark", width: 390, colorScheme: "dark" },
] as const;

async function publish(page: Page, lang: string, title: string): Promise<string> {
  const slug = `moderated-${lang}-${Date.now().toString(36)}`;
  const text = { lang, slug, title, description: "", tags: [], markdown: title };
  const { postId } = await asPerson<{ postId: string }>(page, "POST", "/author/posts", text);
  await asPerson(page, "POST", `/author/posts/${postId}/publish`, { revision: 1 });
  return postId;
}

for (const locale of ["ko", "en"] as const) {
  const text = words[locale];

  test(`an author finds a comment by its words and moderates it there; nobody else finds it (${locale})`, async ({
    browser,
    page,
  }) => {
    await enter(page, locale, text.author, "author");
    const postId = await publish(page, locale, text.post);
    const reader = await (await browser.newContext({ locale })).newPage();
    await enter(reader, locale, text.reader);
    for (const markdown of [text.said, text.alsoSaid]) {
      await asPerson(reader, "POST", `/posts/${postId}/comments`, { markdown });
    }

    // By keyboard alone, and as somebody who has more than one word for it. Comments reach the index a moment later.
    const field = page.getByRole("searchbox", { name: text.label });
    const found = page.getByRole("main").getByRole("listitem").filter({ hasText: text.word });
    await page.goto(`/${locale}/moderation`);
    await typeInto(page, field, text.asked);
    await page.keyboard.press("Enter");
    await expect(page).toHaveURL(`/${locale}/moderation?${new URLSearchParams({ q: text.asked })}`);
    await expect(async () => {
      await page.reload();
      await expect(found.locator("mark")).toBeVisible({ timeout: 2_000 });
    }).toPass();
    await expect(page.getByRole("main").getByRole("listitem")).toHaveCount(1);
    await expect(found.locator("mark")).toHaveText(text.word);
    await expect(found.getByText(text.waiting, { exact: true })).toBeVisible();
    for (const { name, width, colorScheme } of looks) {
      await page.setViewportSize({ width, height: 844 });
      await page.emulateMedia({ colorScheme });
      const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      expect(overflow).toBeLessThanOrEqual(0);
      await (colorScheme === "light" ? expectAccessible(page) : expectContrast(page));
      await page.screenshot({ path: `test-results/pages/moderation-${locale}-${name}.png`, fullPage: true });
    }

    // What was found is moderated as in the queues, and stays in sight.
    await pressOn(page, found.getByRole("button", { name: text.hide(text.reader) }));
    await expect(found.getByText(text.hidden, { exact: true })).toBeVisible();
    await pressOn(page, found.getByRole("button", { name: text.approve(text.reader) }));
    await expect(found.getByText(text.shown, { exact: true })).toBeVisible();

    // How it stands narrows what was found, at an address of its own.
    const tabs = page.getByRole("navigation", { name: text.title });
    await pressOn(page, tabs.getByRole("link", { name: text.waiting }));
    await expect(page.getByText(text.none(text.asked))).toBeVisible();
    await page.goto(`/${locale}/moderation?${new URLSearchParams({ q: text.reader, queue: "waiting" })}`);
    await expect(field).toHaveValue(text.reader);
    await expect(page.getByRole("main").getByRole("listitem")).toHaveText(new RegExp(text.alsoSaid));
    await expect(page.getByRole("main").getByRole("listitem").locator("b mark").first()).toBeVisible();
    await typeInto(page, field, text.nothing);
    await page.keyboard.press("Enter");
    await expect(page.getByText(text.none(text.nothing))).toBeVisible();
    await expect(tabs.getByRole("link", { name: text.waiting })).toHaveAttribute("aria-current", "page");
    await expectAccessible(page);
    await page.screenshot({ path: `test-results/pages/moderation-${locale}-none.png`, fullPage: true });
    await pressOn(page, tabs.getByRole("link", { name: text.back }));
    await expect(page.getByText(text.alsoSaid)).toBeVisible();

    // Shown as it is now, no search of readers knows it, and no other search is theirs.
    const query = new URLSearchParams({ q: text.word, lang: locale });
    for (const asking of [page, reader]) {
      const answer = await asking.request.get(`/api/search?${query}`);
      expect(await answer.json()).toMatchObject({ items: [], total: 0, source: "index" });
    }
    await expect(asPerson(reader, "GET", `/moderation/search?q=${text.word}`)).rejects.toThrow("403");
    const other = await (await browser.newContext({ locale })).newPage();
    await enter(other, locale, text.author, "author");
    expect(await asPerson(other, "GET", `/moderation/search?q=${text.word}`)).toEqual({ items: [] });
    await reader.context().close();
    await other.context().close();
  });

  test(`an author lets several comments through at once and takes others away, queue by queue and by keyboard alone (${locale})`, async ({
    browser,
    page,
  }) => {
    await enter(page, locale, text.author, "author");
    const postId = await publish(page, locale, text.post);
    const other = await (await browser.newContext({ locale })).newPage();
    const [, { displayName: name, email }] = sampleAccounts;
    await resume(other, { name, email }, samplePassword);
    const stamp = `${locale}${Date.now().toString(36)}`;
    const [first, second, third] = [`a-${stamp}`, `b-${stamp}`, `c-${stamp}`] as const;
    // So many links wait for a moderator, whoever wrote them.
    const links = [1, 2, 3].map((number) => `[${number}](https://haru.example/${number})`).join(" ");
    const ids: string[] = [];
    for (const word of [first, second, third]) {
      const markdown = `${word} ${links}`;
      const said = await asPerson<{ commentId: string }>(other, "POST", `/posts/${postId}/comments`, {
        markdown,
      });
      ids.push(said.commentId);
    }

    const comments = page.getByRole("main").getByRole("listitem").filter({ hasText: stamp });
    const box = (word: string) => comments.filter({ hasText: word }).getByRole("checkbox");
    const press = (name: string) =>
      pressOn(page, page.getByRole("button", { name, exact: true }), "Shift+Tab");
    const open = (name: string) =>
      pressOn(page, page.getByRole("navigation", { name: text.title }).getByRole("link", { name }));

    await page.goto(`/${locale}/moderation`);
    await expect(comments).toHaveCount(3);
    await tick(page, box(first));
    await tick(page, box(second));
    await expect(page.getByText(text.chosen(2))).toBeVisible();
    await expectAccessible(page);
    await page.emulateMedia({ colorScheme: "dark", reducedMotion: "reduce" });
    await expectContrast(page);
    await press(text.approveChosen);
    await expect(comments).toHaveText([new RegExp(third)]);
    await expect(page.getByRole("status").filter({ hasText: text.done(2) })).toBeAttached();
    await expect(page.getByRole("list", { name: text.waiting })).toBeFocused();
    await tick(page, box(third));
    await press(text.hideChosen);
    await expect(comments).toHaveCount(0);

    // What was taken away comes back from its queue, and what was let through goes again.
    await asPerson(page, "POST", `/posts/${postId}/comments/${ids[0]}/report`, { reason: stamp });
    await open(text.hidden);
    await expect(comments).toHaveText([new RegExp(third)]);
    await tick(page, box(third));
    await press(text.approveChosen);
    await expect(comments).toHaveCount(0);
    await open(text.reported);
    await expect(comments).toHaveText([new RegExp(`${text.reports}.*${first}`, "s")]);
    await tick(page, box(first));
    await press(text.hideChosen);
    await expect(comments).toHaveCount(0);

    const { items } = await asPerson<{ items: { html: string }[] }>(page, "GET", `/posts/${postId}/comments`);
    const shown = items.flatMap(({ html }) => [first, second, third].filter((word) => html.includes(word)));
    expect(shown.sort()).toEqual([second, third]);
    await other.context().close();
  });
}
