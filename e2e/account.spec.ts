import { codeIn, expect, expectAccessible, newEmail, readMail, test } from "./fixtures.ts";
import { enter, password, resume, signIn } from "./people.ts";

const words = {
  ko: {
    name: "이하늘",
    forgot: "비밀번호를 잊었나요?",
    email: "이메일",
    sendCode: "코드 받기",
    code: "확인 코드",
    newPassword: "새 비밀번호",
    reset: "새 비밀번호로 바꾸기",
    wasReset: "비밀번호를 바꿨습니다. 이제 로그인해 주세요.",
    resetSubject: "하루: 비밀번호 재설정 코드",
    settings: "계정 설정",
    nameField: "이름",
    save: "저장",
    saved: "저장했습니다.",
    handle: "핸들",
    takeHandle: "핸들 정하기",
    reserved: "이 이름은 쓸 수 없습니다.",
    newEmail: "새 이메일",
    askCode: "확인 코드 받기",
    changeSubject: "하루: 새 이메일 확인 코드",
    changeEmail: "이메일 바꾸기",
    emailChanged: "이메일을 바꿨습니다.",
    passwordSection: "비밀번호",
    currentPassword: "지금 비밀번호",
    changePassword: "비밀번호 바꾸기",
    passwordChanged: "비밀번호를 바꿨습니다.",
    calendar: "달력에서 보기",
    makeAddress: "주소 만들기",
    address: "비밀 주소",
    withdraw: "없애기",
    here: "이 기기",
    endAll: "모든 기기에서 로그아웃",
    signIn: "로그인",
  },
  en: {
    name: "Sky Lee",
    forgot: "Forgot your password?",
    email: "E-mail",
    sendCode: "Send a code",
    code: "Code",
    newPassword: "New password",
    reset: "Set the new password",
    wasReset: "Your password was changed. Please sign in now.",
    resetSubject: "Haru: your code for a new password",
    settings: "Settings",
    nameField: "Name",
    save: "Save",
    saved: "Saved.",
    handle: "Handle",
    takeHandle: "Take this handle",
    reserved: "This name cannot be used.",
    newEmail: "New e-mail",
    askCode: "Send a code",
    changeSubject: "Haru: confirm your new e-mail",
    changeEmail: "Change e-mail",
    emailChanged: "Your e-mail was changed.",
    passwordSection: "Password",
    currentPassword: "Current password",
    changePassword: "Change password",
    passwordChanged: "Your password was changed.",
    calendar: "In your calendar",
    makeAddress: "Make the address",
    address: "Secret address",
    withdraw: "Remove",
    here: "This device",
    endAll: "Sign out everywhere",
    signIn: "Sign in",
  },
} as const;

for (const locale of ["ko", "en"] as const) {
  const text = words[locale];

  test(`a forgotten password is replaced, by keyboard alone (${locale})`, async ({ page, browser }) => {
    const context = await browser.newContext({ locale });
    const person = await enter(await context.newPage(), locale, text.name);
    await context.close();

    await page.goto(`/${locale}/sign-in`);
    await page.getByRole("link", { name: text.forgot }).focus();
    await page.keyboard.press("Enter");
    await expect(page.getByRole("heading", { level: 1, name: text.forgot })).toBeVisible();
    await expectAccessible(page);
    await page.getByLabel(text.email).focus();
    await page.keyboard.type(person.email);
    await page.keyboard.press("Enter");
    await expect(page.getByLabel(text.code)).toBeFocused();
    await page.keyboard.type(codeIn(await readMail(person.email, text.resetSubject)));
    await page.getByLabel(text.newPassword, { exact: true }).focus();
    await page.keyboard.type("Other-horse-8");
    await expectAccessible(page);
    await page.keyboard.press("Enter");
    await expect(page.getByText(text.wasReset)).toBeVisible();
    await signIn(page, locale, person, "Other-horse-8");
  });

  test(`somebody sets the account up: name, handle, e-mail, password, calendar (${locale})`, async ({
    page,
  }) => {
    await enter(page, locale, text.name);
    await page.goto(`/${locale}/settings`);
    await expect(page.getByRole("heading", { level: 1, name: text.settings })).toBeVisible();
    await page.getByLabel(text.nameField, { exact: true }).fill(`${text.name} 2`);
    await page.getByRole("button", { name: text.save, exact: true }).click();
    await expect(page.getByText(text.saved, { exact: true })).toBeVisible();

    const handle = page.getByRole("textbox", { name: text.handle, exact: true });
    await handle.fill("admin");
    await page.getByRole("button", { name: text.takeHandle }).click();
    await expect(page.getByText(text.reserved)).toBeVisible();
    await expect(handle).toBeFocused();
    await expectAccessible(page);
    await handle.fill(`p-${Date.now().toString(36)}`);
    await page.getByRole("button", { name: text.takeHandle }).click();
    await expect(page.getByText(text.saved, { exact: true })).toHaveCount(2);

    const next = newEmail("moved");
    await page.getByLabel(text.newEmail).fill(next);
    await page.getByRole("button", { name: text.askCode, exact: true }).click();
    await page.getByLabel(text.code, { exact: true }).fill(codeIn(await readMail(next, text.changeSubject)));
    await page.getByRole("button", { name: text.changeEmail }).click();
    await expect(page.getByText(text.emailChanged)).toBeVisible();

    const section = page.getByRole("region", { name: text.passwordSection, exact: true });
    await section.getByLabel(text.currentPassword, { exact: true }).fill(password);
    await section.getByLabel(text.newPassword, { exact: true }).fill("Other-horse-8");
    await section.getByRole("button", { name: text.changePassword }).click();
    await expect(page.getByText(text.passwordChanged)).toBeVisible();

    const calendar = page.getByRole("region", { name: text.calendar });
    await calendar.getByRole("button", { name: text.makeAddress }).click();
    const address = await calendar.getByLabel(text.address).inputValue();
    const feed = await page.request.get(address);
    expect(feed.headers()["content-type"]).toBe("text/calendar; charset=utf-8");
    expect(await feed.text()).toMatch(/^BEGIN:VCALENDAR\r\n/);
    await expectAccessible(page);
    await calendar.getByRole("button", { name: text.withdraw }).click();
    await expect(calendar.getByRole("button", { name: text.makeAddress })).toBeVisible();
    expect((await page.request.get(address)).status()).toBe(404);
  });

  test(`signing out everywhere ends the other browser within a minute (${locale})`, async ({
    page,
    browser,
  }) => {
    const person = await enter(page, locale, text.name);
    const context = await browser.newContext({ locale });
    const other = await context.newPage();
    await resume(other, person);
    await other.goto(`/${locale}/settings`);
    await expect(other.getByText(text.here)).toBeVisible();

    await page.goto(`/${locale}/settings`);
    await page.getByRole("button", { name: text.endAll }).click();
    await expect(page.getByRole("heading", { level: 1, name: text.signIn })).toBeVisible();
    await expect(async () => {
      await other.goto(`/${locale}/settings`);
      await expect(other.getByRole("heading", { level: 1, name: text.signIn })).toBeVisible({
        timeout: 1_000,
      });
    }).toPass({ timeout: 60_000 });
    await context.close();
  });
}
