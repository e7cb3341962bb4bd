import { sampleAccounts, samplePassword } from "../scripts/sample-accounts.ts";
import { expect, expectAccessible, type Page, pressOn, test, typeInto } from "./fixtures.ts";
import { asPerson, enter, resume } from "./people.ts";

const words = {
  ko: {
    name: "박댓글",
    region: /^댓글/,
    newest: "새 댓글부터 보기",
    report: "김하루 님의 댓글 신고",
    reported: "신고했습니다. 운영자가 살펴봅니다.",
    label: "댓글",
    preview: "미리보기",
    write: "이어 쓰기",
    send: "남기기",
    waits: "댓글을 받았습니다. 확인을 거친 뒤 모두에게 보입니다.",
    remove: "지우기",
    reallyRemove: "정말 지우기",
    removedNow: "댓글을 지웠습니다.",
    removed: "지워진 댓글입니다.",
    closed: "이 글의 댓글은 닫혀 있습니다.",
  },
  en: {
    name: "C. Menter",
    region: /^Comments/,
    newest: "Newest first",
    report: "Report the comment by 김하루",
    reported: "The moderators were told.",
    label: "Comment",
    preview: "Preview",
    write: "Back to writing",
    send: "Post",
    waits: "Your comment has arrived. Everybody sees it once it was looked at.",
    remove: "Delete",
    reallyRemove: "Really delete",
    removedNow: "Your comment was deleted.",
    removed: "This comment was removed.",
    closed: "Comments on this post are closed.",
  },
} as const;

/** More than a page of comments holds, and fewer than somebody may write in a minute. */
const between = 18;

for (const lang of ["ko", "en"] as const) {
  const text = words[lang];

  test(`a link leads to a comment; comments are turned around, reported, previewed, sent, taken back and closed, by keyboard alone (${lang})`, async ({
    page,
    browser,
  }) => {
    // Somebody else wrote the post, so long that its comments are far away, and more comments than one page holds.
    const author = await (await browser.newContext()).newPage();
    await enter(author, lang, "A. Writer", "author");
    const friend = await (await browser.newContext()).newPage();
    const { displayName, email } = sampleAccounts[0];
    await resume(friend, { name: displayName, email }, samplePassword);
    const slug = `${lang}-${Date.now().toString(36)}`;
    const fields = {
      title: slug,
      slug,
      description: "",
      tags: [],
      settings: {},
      markdown: "하루는 길다.\n\n".repeat(200),
    };
    const { postId } = await asPerson<{ postId: string }>(author, "POST", "/author/posts", {
      lang,
      ...fields,
    });
    await asPerson(author, "POST", `/author/posts/${postId}/publish`, { revision: 1 });
    const say = (by: Page, markdown: string, parentId?: string) =>
      asPerson<{ commentId: string }>(by, "POST", `/posts/${postId}/comments`, {
        markdown,
        ...(parentId ? { parentId } : {}),
      });
    const first = await say(author, "하나");
    await say(author, "하나에게", first.commentId);
    for (let number = 0; number < between; number++) await say(author, String(number));
    const last = await say(friend, "끝");

    await enter(page, lang, text.name);
    await page.goto(`/${lang}/posts/${slug}#${last.commentId}`);
    const place = page.getByRole("region", { name: text.region });
    await expect(place.locator(`[id="${last.commentId}"]`)).toBeInViewport();
    const shown = place.locator(".comments-body > .comment-list > .comment");
    await expect(shown.first()).toHaveAttribute("id", first.commentId);
    await pressOn(page, place.getByRole("button", { name: text.newest }));
    await expect(shown.first()).toHaveAttribute("id", last.commentId);
    await expectAccessible(page);

    const told = place.getByRole("status");
    await pressOn(page, place.locator(`[id="${last.commentId}"]`).getByRole("button", { name: text.report }));
    await expect(told).toHaveText(text.reported);

    const field = place.getByRole("textbox", { name: text.label, exact: true });
    await typeInto(page, field, "**굵게** <b>아니게</b>");
    await pressOn(page, place.getByRole("button", { name: text.preview }));
    await expect(place.locator(".comment-preview strong")).toHaveText("굵게");
    await expect(place.locator(".comment-preview")).toContainText("<b>아니게</b>");
    await pressOn(page, place.getByRole("button", { name: text.write }));
    await pressOn(page, place.getByRole("button", { name: text.send, exact: true }));
    await expect(told).toHaveText(text.waits);
    const own = place.locator(".comment").filter({ hasText: text.name }).last();
    await expect(own).toBeFocused();
    await pressOn(page, own.getByRole("button", { name: text.remove, exact: true }));
    await page.keyboard.press("Enter");
    await expect(told).toHaveText(text.removedNow);
    await expect(own).toHaveCount(0);

    // What is answered leaves its place when it goes, and nothing can be said once comments are closed.
    await asPerson(author, "DELETE", `/posts/${postId}/comments/${first.commentId}`);
    await asPerson(author, "PUT", `/author/posts/${postId}/comments`, { isClosed: true });
    await page.reload();
    await place.scrollIntoViewIfNeeded();
    await expect(place.getByText(text.removed)).toBeVisible();
    await expect(place.getByText("하나에게")).toBeVisible();
    await expect(place.getByText(text.closed)).toBeVisible();
    await expect(field).toHaveCount(0);
    await author.context().close();
    await friend.context().close();
  });
}
