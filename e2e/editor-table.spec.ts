import { expect, expectAccessible, tabTo, test, typeInto } from "./fixtures.ts";
import { enter } from "./people.ts";

/** CodeMirror's own 75, and some more. */
const menuRestMilliseconds = 150;

const words = {
  ko: {
    name: "윤하루",
    title: "제목",
    text: "본문",
    saved: "저장됨",
    slash: "/표",
    option: /^표/,
    cells: [
      ["꽃", "피는 때"],
      ["매화", "이월"],
      ["벚꽃", "사월"],
    ],
    column: "빛깔",
    after: "표 다음의 글",
  },
  en: {
    name: "Hana Yoon",
    title: "Title",
    text: "Text",
    saved: "Saved",
    slash: "/tab",
    option: /^Table/,
    cells: [
      ["Flower", "In bloom"],
      ["Plum", "February"],
      ["Cherry", "April"],
    ],
    column: "Colour",
    after: "What comes after the table",
  },
} as const;

for (const locale of ["ko", "en"] as const) {
  const text = words[locale];

  test(`an author makes, fills, widens and leaves a table by keys alone (${locale})`, async ({ page }) => {
    await enter(page, locale, text.name, "author");
    await page.goto(`/${locale}/write/new`);
    const { keyboard } = page;
    const field = page.getByRole("textbox", { name: text.text, exact: true });
    await typeInto(page, page.getByRole("textbox", { name: text.title, exact: true }), text.name);
    await typeInto(page, field, "");

    // Made by the slash menu, with the first name of a column ready to be typed over.
    await keyboard.type(text.slash);
    await expect(page.getByRole("option", { name: text.option })).toBeVisible();
    // A menu that has just come up takes no key, so that nobody chooses by chance what was not there yet.
    await page.waitForTimeout(menuRestMilliseconds);
    await keyboard.press("Enter");
    await expect(page.getByRole("option")).toHaveCount(0);
    const [names, first, second] = text.cells;
    await keyboard.insertText(names[0]);
    for (const cell of [names[1], ...first]) {
      await keyboard.press("Tab");
      await keyboard.insertText(cell);
    }
    // Another row, from the middle of the one before.
    await keyboard.press("Enter");
    await keyboard.insertText(second[0]);
    await keyboard.press("Tab");
    await keyboard.insertText(second[1]);
    const table = page.locator(".preview table");
    const shown = () =>
      table
        .locator("tr")
        .evaluateAll((rows) =>
          rows.map((row) => [...(row as HTMLTableRowElement).cells].map((cell) => cell.innerText)),
        );
    await expect.poll(shown).toEqual(text.cells);

    // Another column, by the tool in the bar above, to which Shift+Tab leads through the cells, and arrows then.
    const tools = page.getByRole("toolbar").getByRole("button");
    await tabTo(page, tools.first(), "Shift+Tab");
    await keyboard.press("ArrowLeft");
    await expect(tools.last()).toBeFocused();
    await keyboard.press("ArrowRight");
    await expect(tools.first()).toBeFocused();
    await keyboard.press("End");
    await keyboard.press("ArrowLeft");
    await keyboard.press("ArrowLeft");
    await expect(page.getByRole("toolbar").getByRole("button", { name: text.option })).toBeFocused();
    await keyboard.press("Enter");
    await expect(field).toBeFocused();
    await keyboard.insertText(text.column);
    const wide = text.cells.map(([one, other], index) => [one, index === 0 ? text.column : "", other]);
    await expect.poll(shown).toEqual(wide);

    // From the second cell to the last one, and out of the text from there; Enter twice leaves the table.
    for (let presses = 0; presses < wide.flat().length - 1; presses++) await keyboard.press("Tab");
    await expect(field).not.toBeFocused();
    await keyboard.press("Shift+Tab");
    await expect(field).toBeFocused();
    await keyboard.press("Enter");
    await keyboard.press("Enter");
    await keyboard.insertText(text.after);
    await expect(page.locator(".preview p", { hasText: text.after })).toBeVisible();
    await expect.poll(shown).toEqual(wide);
    await expect(page.getByText(text.saved, { exact: true })).toBeVisible();
    await expectAccessible(page);
  });
}
