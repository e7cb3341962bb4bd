import type { Page as BrowserPage } from "@playwright/test";
import { expect, expectAccessible, readMail, test } from "./fixtures.ts";
import { expectSignedIn, makeAuthor, signIn, signOut, signUp } from "./people.ts";

const words = {
  ko: {
    authorName: "이하늘",
    readerName: "박바다",
    title: "하루를 **굵게** 쓰는 법",
    newPost: "새 글 쓰기",
    titleField: "제목",
    textField: "본문",
    saved: "저장됨",
    publish: "공개하기",
    isPublished: "공개됨",
    comment: "댓글",
    send: "남기기",
    reply: (name: string) => `${name} 님에게 답글`,
    waiting: "확인 기다리는 중",
    approve: (name: string) => `${name} 님의 댓글 보이기`,
    noneWaiting: "기다리는 댓글이 없습니다.",
    edit: "고치기",
    save: "저장",
    edited: "고침",
    saidBetter: "아주 잘 읽었습니다. **고맙습니다.**",
    badge: "글쓴이",
    markdown:
      "## 오늘의 순서\n\n**공지(중요)**를 먼저 읽는다.\n\n| 시간 | 일 |\n|---|---|\n| 아침 | 쓰기 |\n",
    strong: "공지(중요)",
    heading: "오늘의 순서",
    said: "잘 읽었습니다. **고맙습니다.**",
    answered: "읽어 주셔서 고맙습니다.",
    told: (name: string, title: string) => `${name} 님이 ‘${title}’에서 내 댓글에 답했습니다`,
    stop: "그만 받기",
    stopped: "이제 그런 알림 메일을 보내지 않습니다",
  },
  en: {
    authorName: "Sky Lee",
    readerName: "Marin Park",
    title: "How to set a day in bold",
    newPost: "New post",
    titleField: "Title",
    textField: "Text",
    saved: "Saved",
    publish: "Publish",
    isPublished: "Published",
    comment: "Comment",
    send: "Post",
    reply: (name: string) => `Reply to ${name}`,
    waiting: "Waiting for approval",
    approve: (name: string) => `Show the comment by ${name}`,
    noneWaiting: "No comment is waiting.",
    edit: "Edit",
    save: "Save",
    edited: "Edited",
    saidBetter: "A very good read. **Thank you.**",
    badge: "Author",
    markdown:
      "## The order of the day\n\nRead the **notice** first.\n\n| time | what |\n|---|---|\n| morning | write |\n",
    strong: "notice",
    heading: "The order of the day",
    said: "A good read. **Thank you.**",
    answered: "Thank you for reading.",
    told: (name: string, title: string) => `${name} answered your comment on “${title}”`,
    stop: "Stop these mails",
    stopped: "These mails have stopped",
  },
} as const;

for (const locale of ["ko", "en"] as const) {
  const text = words[locale];

  test(`somebody signs up, writes and publishes; a visitor reads, a reader comments, the author answers (${locale})`, async ({
    browser,
    page: author,
  }) => {
    const pageOf = async (): Promise<BrowserPage> => (await browser.newContext({ locale })).newPage();

    // A new person, who becomes an author.
    const writer = await signUp(author, locale, text.authorName);
    await expectSignedIn(author, locale);
    await makeAuthor(writer);
    await signOut(author, locale);
    await signIn(author, locale, writer);

    // Writing, seen rendered meanwhile.
    await author.goto(`/${locale}/write`);
    await author.getByRole("link", { name: text.newPost }).first().click();
    const title = `${text.title} ${Date.now().toString(36)}`;
    await author.getByRole("textbox", { name: text.titleField }).fill(title);
    await author.getByRole("textbox", { name: text.textField }).click();
    await author.keyboard.insertText(text.markdown);
    const preview = author.locator(".preview");
    await expect(preview.locator("strong", { hasText: text.strong })).toBeVisible();
    await expect(author.getByText(text.saved, { exact: true })).toBeVisible();
    await expectAccessible(author);
    await author.getByRole("button", { name: text.publish, exact: true }).click();
    await expect(author.getByRole("button", { name: text.isPublished, exact: true })).toBeVisible();

    // A visitor finds it on the front page and reads it at a clean address.
    const visitor = await pageOf();
    await expect(async () => {
      await visitor.goto(`/${locale}`);
      await expect(visitor.getByRole("link", { name: title })).toBeVisible({ timeout: 500 });
    }).toPass({ timeout: 20_000 });
    await visitor.getByRole("link", { name: title }).click();
    await expect(visitor.getByRole("heading", { level: 1, name: title })).toBeVisible();
    await expect(visitor.getByRole("heading", { level: 2, name: text.heading })).toBeVisible();
    const address = new URL(visitor.url());
    expect(decodeURIComponent(address.pathname)).toMatch(
      new RegExp(`^/${locale}/posts/[\\p{L}\\p{N}-]+$`, "u"),
    );
    expect(address.search).toBe("");
    await expectAccessible(visitor);

    // Whoever shares the address shows a picture with the title on it, as soon as that is drawn.
    await expect(async () => {
      const html = await (await visitor.request.get(address.href)).text();
      const image = /<meta property="og:image" content="([^"]+)"/.exec(html)?.[1] ?? "";
      expect(image).toContain("/media/cards/");
      expect((await visitor.request.get(image)).headers()["content-type"]).toBe("image/png");
    }).toPass({ timeout: 30_000 });

    // Another person signs up, and comments.
    const reader = await signUp(visitor, locale, text.readerName);
    await expectSignedIn(visitor, locale);
    await visitor.goto(address.href);
    const comments = visitor.getByRole("region", { name: new RegExp(text.comment) });
    await comments.scrollIntoViewIfNeeded();
    await comments.getByRole("textbox", { name: text.comment }).fill(text.said);
    await comments.getByRole("button", { name: text.send, exact: true }).click();
    await expect(comments.getByText(text.readerName)).toBeVisible();
    await expect(comments.locator("strong")).toBeVisible();
    await expect(comments.getByText(text.waiting)).toBeVisible();

    // It is the first of this person, so the author looks at it before everybody does.
    await author.goto(`/${locale}/moderation`);
    await author.getByRole("button", { name: text.approve(text.readerName) }).click();
    await expect(author.getByText(text.noneWaiting)).toBeVisible();
    await expectAccessible(author);

    // What was said can be said better, and is marked then.
    await visitor.reload();
    await comments.scrollIntoViewIfNeeded();
    await comments.getByRole("button", { name: text.edit, exact: true }).click();
    await comments.getByRole("textbox", { name: text.edit }).fill(text.saidBetter);
    await comments.getByRole("button", { name: text.save, exact: true }).click();
    await expect(comments.getByText(text.edited, { exact: true })).toBeVisible();

    // The author answers, marked as such.
    await author.goto(address.href);
    const thread = author.getByRole("region", { name: new RegExp(text.comment) });
    await thread.scrollIntoViewIfNeeded();
    await thread.getByRole("button", { name: text.reply(text.readerName) }).click();
    await thread.getByRole("textbox", { name: text.reply(text.readerName) }).fill(text.answered);
    await thread.getByRole("button", { name: text.send, exact: true }).last().click();
    const answer = thread.getByRole("listitem").filter({ hasText: text.answered }).last();
    await expect(answer.getByText(text.badge, { exact: true })).toBeVisible();
    await expectAccessible(author);

    // Who was answered is told by mail, and one click in it ends such mails.
    const mail = await readMail(reader.email, text.told(text.authorName, title));
    const stop = /\S+\/unsubscribe\/\S+/.exec(mail.body.text ?? "")?.[0];
    await visitor.goto(stop ?? "");
    await expectAccessible(visitor);
    await visitor.getByRole("button", { name: text.stop }).click();
    await expect(visitor.getByRole("heading", { level: 1, name: text.stopped })).toBeVisible();

    await signOut(author, locale);
    await visitor.context().close();
  });
}
