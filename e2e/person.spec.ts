import { sampleAccounts, samplePassword } from "../scripts/sample-accounts.ts";
import { expect, expectAccessible, pressOn, test, typeInto } from "./fixtures.ts";
import { asPerson, enter, resume } from "./people.ts";

const words = {
  ko: {
    name: "조여름",
    title: "사람들",
    email: "이메일",
    grant: "글쓴이 권한 주기",
    take: "글쓴이 권한 거두기",
    suspend: "정지",
    suspended: "정지됨",
    restore: "정지 풀기",
    reason: "까닭",
    trail: "기록",
    says: "조여름 님을 정지했습니다.",
  },
  en: {
    name: "Summer Cho",
    title: "People",
    email: "E-mail",
    grant: "Make author",
    take: "Take author role",
    suspend: "Suspend",
    suspended: "Suspended",
    restore: "Restore",
    reason: "Reason",
    trail: "Record",
    says: "suspended Summer Cho.",
  },
} as const;

for (const locale of ["ko", "en"] as const) {
  const text = words[locale];

  test(`an administrator finds somebody, gives and takes a role, suspends and restores, by keyboard alone (${locale})`, async ({
    page,
    browser,
  }) => {
    const context = await browser.newContext({ locale });
    const other = await context.newPage();
    const person = await enter(other, locale, text.name);
    const [, , { email, displayName: name }] = sampleAccounts;
    await resume(page, { email, name }, samplePassword);

    await page.goto(`/${locale}/people`);
    await expect(page.getByRole("heading", { level: 1, name: text.title })).toBeVisible();
    await typeInto(page, page.getByLabel(text.email), person.email.slice(0, -2));
    await page.keyboard.press("Enter");
    const row = page.getByRole("listitem").filter({ hasText: person.email });
    const button = (label: string) => row.getByRole("button", { name: label, exact: true });
    await pressOn(page, button(text.grant));
    await pressOn(page, button(text.take));
    await expect(button(text.grant)).toBeVisible();

    await pressOn(page, button(text.suspend));
    await expect(row.getByLabel(text.reason)).toBeFocused();
    await expectAccessible(page);
    await page.keyboard.insertText(text.reason);
    await page.keyboard.press("Enter");
    await expect(row.getByText(text.suspended)).toBeVisible();
    await expect(page.getByRole("region", { name: text.trail }).getByText(text.says).first()).toBeVisible();
    await expectAccessible(page);
    // The tokens of a suspended person stop working at once, and the sign-in says no more than to a stranger.
    await expect(asPerson(other, "GET", "/account")).rejects.toThrow("401");
    await expect(resume(other, person)).rejects.toThrow();

    await pressOn(page, button(text.restore));
    await expect(button(text.suspend)).toBeVisible();
    await resume(other, person);
    await other.goto(`/${locale}/settings`);
    await expect(other.getByText(person.email)).toBeVisible();
    await context.close();
  });
}
