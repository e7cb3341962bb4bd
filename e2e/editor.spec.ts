import { expect, expectAccessible, pressOn, test, typeInto } from "./fixtures.ts";
import { enter } from "./people.ts";

const words = {
  ko: {
    name: "윤하루",
    title: "제목",
    text: "본문",
    saved: "저장됨",
    outline: "목차",
    focus: "집중해서 쓰기",
    write: "쓰기",
    preview: "미리보기",
  },
  en: {
    name: "Hana Yoon",
    title: "Title",
    text: "Text",
    saved: "Saved",
    outline: "Outline",
    focus: "Focus",
    write: "Write",
    preview: "Preview",
  },
} as const;

/** What a word processor puts on the clipboard. */
const rich =
  "<h2>가을</h2><p>한 <b>굵은</b> 말과 <a href='https://example.com/'>링크</a></p><ul><li>하나</li><li>둘</li></ul>" +
  "<table><tr><th>a</th><th>b</th></tr><tr><td>1|2</td><td>3</td></tr></table><script>alert(1)</script>";
const asMarkdown = [
  "## 가을",
  "한 **굵은** 말과 [링크](https://example.com/)",
  "-   하나\n-   둘",
  "| a | b |\n| --- | --- |\n| 1\\|2 | 3 |",
];

for (const locale of ["ko", "en"] as const) {
  const text = words[locale];

  test(`rich text is pasted as Markdown, found in the outline, and written on with nothing else in sight or on a telephone (${locale})`, async ({
    page,
  }) => {
    await enter(page, locale, text.name, "author");
    await page.goto(`/${locale}/write/new`);
    await typeInto(page, page.getByRole("textbox", { name: text.title, exact: true }), text.name);
    const field = page.getByRole("textbox", { name: text.text, exact: true });
    await field.focus();
    await field.evaluate((element, html) => {
      const clipboardData = new DataTransfer();
      clipboardData.setData("text/html", html);
      clipboardData.setData("text/plain", "plain");
      element.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
    }, rich);
    const written = () => page.locator(".cm-line").allTextContents();
    await expect.poll(async () => (await written()).join("\n")).toBe(asMarkdown.join("\n\n"));
    const preview = page.locator(".preview .prose");
    await expect(preview.getByRole("link")).toHaveAttribute("href", "https://example.com/");
    await expect(preview.locator("td").first()).toHaveText("1|2");

    await pressOn(page, page.getByRole("button", { name: text.outline }));
    await pressOn(page, page.getByRole("button", { name: "가을" }));
    await expect(field).toBeFocused();
    await page.keyboard.press("End");
    await page.keyboard.press("Shift+Home");
    await page.keyboard.press("ControlOrMeta+i");
    await expect.poll(async () => (await written())[0]).toBe("*## 가을*");
    await page.keyboard.press("ControlOrMeta+z");
    await expect.poll(async () => (await written())[0]).toBe("## 가을");

    const focus = page.getByRole("button", { name: text.focus });
    await pressOn(page, focus);
    await expect(focus).toHaveAttribute("aria-pressed", "true");
    await expect(page.locator(".preview")).toBeHidden();
    await expect(field).toBeVisible();
    await expectAccessible(page);
    await page.keyboard.press("Enter");
    await expect(page.locator(".preview")).toBeVisible();

    // One of the two at a time where there is no room for both.
    await page.setViewportSize({ width: 390, height: 740 });
    await expect(page.locator(".preview")).toBeHidden();
    await field.click();
    await page.keyboard.press("ControlOrMeta+End");
    await page.keyboard.insertText("\n\n손안에서");
    await page.getByRole("button", { name: text.preview, exact: true }).click();
    await expect(preview.getByText("손안에서")).toBeVisible();
    await expect(field).toBeHidden();
    expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(
      0,
    );
    await expectAccessible(page);
    await expect(page.getByText(text.saved, { exact: true })).toBeVisible();
  });
}
