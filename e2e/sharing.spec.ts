import { expect, expectAccessible, type Page, test } from "./fixtures.ts";
import { enter } from "./people.ts";
import { todosOn } from "./todos-on.ts";

/** How many rows of todos and lists this browser keeps. */
function keptRows(page: Page): Promise<number> {
  return page.evaluate(async () => {
    const result = <Value>(request: IDBRequest<Value>) =>
      new Promise<Value>((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error);
      });
    const [{ name = "" } = {}] = await indexedDB.databases();
    const database = await result(indexedDB.open(name));
    const stores = database.transaction(["lists", "todos"]);
    const counts = [stores.objectStore("lists").count(), stores.objectStore("todos").count()];
    const rows = await Promise.all(counts.map(result));
    database.close();
    return rows.reduce((sum, count) => sum + count);
  });
}

test("a list is shared by a link, worked on together, and gone from the device of whoever is put out", async ({
  page,
  browser,
}) => {
  await enter(page, "ko", "김하루");
  await page.goto("/ko/todos");
  await page.getByRole("button", { name: "새 목록" }).click();
  await page.getByRole("textbox", { name: "목록 이름" }).fill("장보기");
  await page.keyboard.press("Enter");
  const here = todosOn(page, "ko");
  await here.add("사과");
  await here.saved();

  await page.getByRole("button", { name: "목록 설정과 함께 쓰기" }).click();
  const sheet = page.getByRole("dialog");
  await expect(sheet.getByText("아직 혼자 쓰는 목록입니다.")).toBeVisible();
  await sheet.getByRole("combobox", { name: "들어온 사람은" }).selectOption({ label: "볼 수만 있음" });
  // Pressed twice by somebody in a hurry, it still makes one.
  await sheet.getByRole("button", { name: "링크 만들기" }).dblclick();
  const address = await sheet.getByRole("textbox", { name: "초대 링크" }).inputValue();
  await expectAccessible(page);

  const other = await (await browser.newContext()).newPage();
  await enter(other, "en", "이손님");
  await other.goto(address);
  await expect(
    other.getByRole("heading", { name: "김하루 님이 ‘장보기’ 목록에 초대했습니다" }),
  ).toBeVisible();
  await expectAccessible(other);
  await other.getByRole("button", { name: "함께하기" }).click();
  const there = todosOn(other, "ko");
  await expect(there.item("사과")).toBeVisible();
  await expect(there.field).toBeHidden();
  await expect(there.item("사과").getByRole("checkbox")).toBeDisabled();
  await here.saved();

  await page.getByRole("button", { name: "닫기" }).click();
  await page.getByRole("button", { name: "목록 설정과 함께 쓰기" }).click();
  await sheet
    .getByRole("combobox", { name: "이손님 님이 할 수 있는 일" })
    .selectOption({ label: "고칠 수 있음" });
  await there.add("배");
  await here.expectTitles("사과", "배");

  await sheet.getByRole("button", { name: "이손님 님 내보내기" }).click();
  await expect(other.getByRole("heading", { name: "없거나 더는 볼 수 없는 목록입니다" })).toBeVisible();
  await expect.poll(() => keptRows(other)).toBe(0);
  await other.goto(address);
  await expect(other.getByRole("heading", { name: "쓸 수 없는 초대입니다" })).toBeVisible();
  await other.context().close();
});
