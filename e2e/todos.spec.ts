import { expect, expectAccessible, test } from "./fixtures.ts";
import { enter, resume } from "./people.ts";
import { todosOn } from "./todos-on.ts";

for (const locale of ["en", "ko"] as const) {
  test(`a list of todos does what TodoMVC says, and keeps it (${locale})`, async ({ page }) => {
    await enter(page, locale, "김하루");
    await page.goto(`/${locale}/todos`);
    const todos = todosOn(page, locale);
    const { text } = todos;
    await expect(todos.field).toBeFocused();
    await expect(todos.field).toHaveAttribute("placeholder", text.placeholder);
    await expect(page.getByRole("checkbox", { name: text.toggleAll })).toBeHidden();

    await todos.add("buy milk", "  feed the cat  ", "   ", "write");
    await todos.expectTitles("buy milk", "feed the cat", "write");
    await expect(todos.field).toHaveValue("");
    await expect(page.getByText(text.left(3), { exact: true })).toBeVisible();

    await todos.item("feed the cat").getByRole("checkbox", { name: text.toggle }).check();
    await expect(page.getByText(text.left(2), { exact: true })).toBeVisible();
    await todos.list.getByRole("link", { name: text.active, exact: true }).click();
    await expect(page).toHaveURL(new RegExp(`/${locale}/todos/active$`));
    await todos.expectTitles("buy milk", "write");
    await todos.list.getByRole("link", { name: text.completed }).click();
    await todos.expectTitles("feed the cat");
    await todos.saved();
    await page.reload();
    await todos.expectTitles("feed the cat");
    await page.goBack();
    await todos.expectTitles("buy milk", "write");
    await todos.list.getByRole("link", { name: text.all, exact: true }).click();

    const edit = page.getByRole("textbox", { name: text.edit });
    await todos.item("write").getByRole("button", { name: "write" }).dblclick();
    await expect(edit).toBeFocused();
    await edit.fill("  write a letter ");
    await edit.press("Enter");
    await todos.expectTitles("buy milk", "feed the cat", "write a letter");
    await todos.item("buy milk").getByRole("button", { name: "buy milk" }).dblclick();
    await edit.fill("nothing of this");
    await edit.press("Escape");
    await todos.expectTitles("buy milk", "feed the cat", "write a letter");
    await todos.item("buy milk").getByRole("button", { name: "buy milk" }).dblclick();
    await edit.fill("buy tea");
    await edit.blur();
    await todos.expectTitles("buy tea", "feed the cat", "write a letter");
    await todos.item("buy tea").getByRole("button", { name: "buy tea" }).dblclick();
    await edit.fill("");
    await edit.press("Enter");
    await todos.expectTitles("feed the cat", "write a letter");
    await page.getByRole("button", { name: text.undo }).click();
    await todos.expectTitles("buy tea", "feed the cat", "write a letter");

    const toggleAll = page.getByRole("checkbox", { name: text.toggleAll });
    await toggleAll.check();
    await expect(page.getByText(text.left(0), { exact: true })).toBeVisible();
    await toggleAll.uncheck();
    await expect(page.getByText(text.left(3), { exact: true })).toBeVisible();
    await todos.item("feed the cat").getByRole("checkbox").check();
    await page.getByRole("button", { name: text.clear }).click();
    await todos.expectTitles("buy tea", "write a letter");
    await todos.item("buy tea").hover();
    await todos.item("buy tea").getByRole("button", { name: text.remove }).click();
    await todos.expectTitles("write a letter");
    await todos.saved();
    await page.reload();
    await todos.expectTitles("write a letter");
    await expectAccessible(page);
  });
}

test("two devices show each other's changes, and bring what was done offline to one state", async ({
  page,
  context,
  browser,
}) => {
  const person = await enter(page, "en", "김하루");
  await page.goto("/en/todos");
  const here = todosOn(page, "en");
  await here.add("shared");
  await here.saved();

  const other = await (await browser.newContext()).newPage();
  await resume(other, person);
  await other.goto("/en/todos");
  const there = todosOn(other, "en");
  await there.expectTitles("shared");
  await here.add("from here");
  await there.expectTitles("shared", "from here");
  await there.item("shared").getByRole("checkbox").check();
  await expect(here.item("shared").getByRole("checkbox")).toBeChecked();

  await context.setOffline(true);
  await here.add("made offline");
  await here.item("made offline").getByRole("button", { name: "made offline" }).press("Alt+ArrowUp");
  await expect(here.list.getByRole("status")).toHaveText("“made offline” is now number 2 of 3.");
  await expect(here.item("made offline").getByRole("button", { name: "made offline" })).toBeFocused();
  await here.item("from here").getByRole("button", { name: "from here" }).dblclick();
  const edit = page.getByRole("textbox", { name: "Edit" });
  await edit.fill("changed here, offline");
  await edit.press("Enter");
  await there.item("from here").getByRole("button", { name: "from here" }).dblclick();
  await other.getByRole("textbox", { name: "Edit" }).fill("changed there");
  await other.getByRole("textbox", { name: "Edit" }).press("Enter");
  await there.saved();
  await context.setOffline(false);
  for (const todos of [here, there])
    await todos.expectTitles("shared", "made offline", "changed here, offline");
  await expect(page.getByText("changed on two devices at once")).toBeVisible();
  await expect(page.getByText("Before: changed there")).toBeVisible();
  await page.getByRole("button", { name: "OK", exact: true }).click();
  const changed = here.item("changed here, offline");
  await changed.hover();
  await changed.getByRole("button", { name: "Details" }).click();
  const history = changed.getByRole("region", { name: "Changed on another device" });
  await expect(history).toContainText("After: changed here, offline");
  await expectAccessible(page);
  await history.getByRole("button", { name: "Take that one" }).click();
  await there.expectTitles("shared", "made offline", "changed there");

  const grip = there.item("shared").locator(".todo-grip");
  await grip.hover();
  await other.mouse.down();
  await there.item("changed there").hover({ position: { x: 100, y: 55 } });
  await other.mouse.up();
  await there.expectTitles("made offline", "changed there", "shared");
  await other.context().close();
});

test("a line says the day; today shows it; details, lists and repetition are kept", async ({ page }) => {
  await enter(page, "en", "김하루");
  await page.goto("/en/todos/today");
  const todos = todosOn(page, "en");
  // Not today's weekday, on which the plants would stand in today's view too.
  const inThreeDays = Date.now() + 3 * 24 * 60 * 60 * 1000;
  const weekday = new Intl.DateTimeFormat("en", { weekday: "long" }).format(inThreeDays);
  await todos.add("today 3pm dentist #health !1", `every ${weekday} water plants`);
  await todos.expectTitles("dentist");
  await expect(todos.item("dentist")).toContainText("#health");
  await todos.item("dentist").hover();
  await todos.item("dentist").getByRole("button", { name: "Details" }).click();
  await page.getByRole("combobox", { name: "Reminder" }).selectOption({ label: "10 minutes before" });
  await expect(todos.item("dentist").getByRole("time")).toContainText("Reminder");
  await page.getByRole("link", { name: "Upcoming" }).click();
  await todos.expectTitles("water plants");
  const day = todos.list.getByRole("time");
  const before = await day.getAttribute("datetime");
  await todos.item("water plants").getByRole("checkbox").click();
  await expect(day).not.toHaveAttribute("datetime", before ?? "");

  await page.getByRole("button", { name: "New list" }).click();
  await page.getByRole("textbox", { name: "Name of the list" }).fill("Garden");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { name: "Garden", level: 1 })).toBeVisible();
  await todos.add("buy seeds");
  await todos.item("buy seeds").hover();
  await todos.item("buy seeds").getByRole("button", { name: "Details" }).click();
  await page.getByRole("textbox", { name: "Notes" }).fill("basil and mint");
  await page.getByRole("textbox", { name: "Tags" }).fill("market");
  await page.keyboard.press("Tab");
  await expectAccessible(page);
  await page.getByRole("combobox", { name: "List" }).selectOption({ label: "Todos" });
  await todos.expectTitles();
  await page
    .getByRole("link", { name: /^Todos/ })
    .last()
    .click();
  await todos.saved();
  await page.reload();
  await todos.expectTitles("dentist", "water plants", "buy seeds");
  await expect(todos.item("buy seeds")).toContainText("basil and mint");
  await expect(todos.item("buy seeds")).toContainText("#market");

  const details = todos.item("buy seeds").getByRole("button", { name: "Details" });
  await todos.item("buy seeds").hover();
  await details.click();
  const step = page.getByRole("textbox", { name: "Add a step" });
  for (const title of ["measure the bed", "choose herbs"]) {
    await step.fill(title);
    await step.press("Enter");
  }
  await details.click();
  const all = ["dentist", "water plants", "buy seeds", "measure the bed", "choose herbs"];
  await todos.expectTitles(...all);
  await expect(todos.item("buy seeds")).toContainText("0 of 2 steps done");

  const bar = page.getByRole("region", { name: "Selected todos" });
  const undo = page.getByRole("button", { name: "Undo" });
  async function selectAll(): Promise<void> {
    await page.getByRole("button", { name: "Select", exact: true }).click();
    await page.getByRole("checkbox", { name: "Select “dentist”" }).check();
    await page.getByRole("checkbox", { name: "Select “choose herbs”" }).click({ modifiers: ["Shift"] });
    await expect(bar).toContainText("5 selected");
  }
  await selectAll();
  await expectAccessible(page);
  await bar.getByRole("combobox", { name: "Move to…" }).selectOption({ label: "Garden" });
  await todos.expectTitles();
  await undo.click();
  await todos.expectTitles(...all);
  await expect(todos.item("buy seeds")).toContainText("0 of 2 steps done");
  await selectAll();
  await bar.getByRole("button", { name: "Delete" }).click();
  await todos.expectTitles();
  await undo.click();
  await todos.expectTitles(...all);
  await selectAll();
  await bar.getByRole("button", { name: "Complete" }).click();
  // What repeats is never done.
  await expect(page.getByText("1 item left", { exact: true })).toBeVisible();

  await page.getByRole("button", { name: "Archive completed" }).click();
  await todos.expectTitles("water plants");
  await undo.click();
  await todos.expectTitles(...all);
  await page.getByRole("button", { name: "Archive completed" }).click();
  await page.getByRole("link", { name: "Find" }).click();
  await page.getByRole("searchbox", { name: "Search your todos" }).fill("herb");
  await todos.expectTitles("choose herbs");
  await expect(todos.item("choose herbs")).toContainText("Archive");
  await expectAccessible(page);
  await todos.item("choose herbs").getByRole("checkbox", { name: "Toggle Todo" }).uncheck();
  await todos.saved();
  await page.goto("/en/todos");
  await todos.expectTitles("water plants", "choose herbs");
});

test("after one visit the app opens without a network, in both languages, and sends what was made", async ({
  page,
  context,
}) => {
  await enter(page, "ko", "김하루");
  await page.goto("/ko/todos");
  const todos = todosOn(page, "ko");
  await todos.add("집에서");
  await todos.saved();
  await expect
    .poll(() => page.evaluate(async () => (await (await caches.open("haru-todos-pages")).keys()).length))
    .toBe(2);
  // Each language has a worker of its own, and the first of them has kept the pages of both.
  await expect
    .poll(() =>
      page.evaluate(async () =>
        (await navigator.serviceWorker.getRegistrations()).map(({ active }) => active?.state),
      ),
    )
    .toEqual(["activated", "activated"]);
  await context.setOffline(true);
  await page.reload();
  await todos.expectTitles("집에서");
  await todos.add("비행기에서");
  await expect(page.getByText("1개 보낼 예정")).toBeVisible();
  await page.getByRole("link", { name: "찾기" }).click();
  await page.getByRole("searchbox", { name: "내 할 일에서 찾기" }).fill("ㅂㅎㄱ");
  await todos.expectTitles("비행기에서");
  await page.goto("/en/todos/active");
  await todosOn(page, "en").expectTitles("집에서", "비행기에서");
  await context.setOffline(false);
  await todosOn(page, "en").saved();
  await page.reload();
  await todosOn(page, "en").expectTitles("집에서", "비행기에서");
  const kept = await page.evaluate(async () => {
    const names = await caches.keys();
    const all = await Promise.all(names.map(async (name) => (await caches.open(name)).keys()));
    return all.flat().map(({ url }) => new URL(url).pathname);
  });
  expect(kept.filter((path) => !/^\/(?:_next\/static|assets)\/|^\/(?:ko|en)\/todos$/.test(path))).toEqual([]);
});
