import { expect, expectAccessible, expectContrast, test } from "./fixtures.ts";

/** The console belongs to the local cloud, not to the site: it speaks English alone, as its terminal does. */
const console = "/_haru";

test("the console shows a visitor's requests as they come, with what the functions did", async ({
  page,
  request,
}) => {
  await page.goto(console);
  await expect(page.getByRole("heading", { level: 1, name: "Calls" })).toBeVisible();
  await expect(page.getByRole("status").filter({ hasText: "Live" })).toBeVisible();
  await request.get("/api/posts?language=ko");
  await page.getByRole("searchbox", { name: "Filter" }).fill("list GET /posts");
  const newest = page.getByRole("button", { name: /list GET \/posts/ }).first();
  // Somebody else's call may come before it at any moment.
  const call = page.locator(`[aria-controls="${await newest.getAttribute("aria-controls")}"]`);
  await expect(call).toContainText(/\d ms/);
  await call.press("Enter");
  await expect(call).toHaveAttribute("aria-expanded", "true");
  await expect(page.getByText("packages/functions/src/list.handler").first()).toBeVisible();
  await expectAccessible(page);
});

test("every view is reached by keyboard, fits a telephone and keeps to the rules in both themes", async ({
  page,
}) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto(console);
  const views = page.getByRole("navigation", { name: "Views" }).getByRole("link");
  await expect(views.first()).toBeVisible();
  const names = await views.allTextContents();
  for (const name of names.filter((one) => one !== "Mail")) {
    await views.filter({ hasText: name }).press("Enter");
    await expect(page.locator("main")).toBeFocused();
    await expect(views.filter({ hasText: name })).toBeInViewport();
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
    await page.emulateMedia({ colorScheme: "light", reducedMotion: "reduce" });
    await expectAccessible(page);
    await page.emulateMedia({ colorScheme: "dark", reducedMotion: "reduce" });
    await expectContrast(page);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
  }
});

test("a schedule runs when it is asked to, and its call is seen", async ({ page }) => {
  await page.goto(`${console}#/schedules`);
  const due = page.getByRole("article").filter({ has: page.getByRole("heading", { name: "due" }) });
  await due.getByRole("button", { name: "Run now" }).click();
  await expect(page.getByText(/was called\.$/)).toBeVisible();
  await page.getByRole("link", { name: "Calls" }).click();
  await expect(page.getByRole("button", { name: /due/ }).first()).toBeVisible();
});
