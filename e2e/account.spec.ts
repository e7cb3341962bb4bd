import type { Locale } from "@haru/core/locale";
import type { OwnProfile } from "@haru/core/profile/profile.contract";
import sharp from "sharp";
import {
  codeIn,
  expect,
  expectAccessible,
  newEmail,
  type Page,
  pressOn,
  readMail,
  test,
  typeInto,
} from "./fixtures.ts";
import {
  applyFor,
  asPerson,
  enter,
  expectSignedIn,
  type Person,
  password,
  resume,
  signIn,
  signOut,
  signUp,
} from "./people.ts";
import { expireToken, tokensSetBy } from "./session.ts";

const words = {
  ko: {
    name: "이하늘",
    confirm: "이메일 확인",
    resend: "코드 다시 받기",
    resent: "새 코드를 보냈습니다.",
    tooSoon: "요청이 너무 많습니다.",
    password: "비밀번호",
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
    bio: "소개",
    isOver: "쓴 내용은 그대로 있습니다.",
    save: "저장",
    saved: "저장했습니다.",
    handle: "핸들",
    takeHandle: "핸들 정하기",
    reserved: "이 핸들은 쓸 수 없습니다.",
    newEmail: "새 이메일",
    askCode: "확인 코드 받기",
    changeSubject: "하루: 새 이메일 확인 코드",
    changeEmail: "이메일 바꾸기",
    emailChanged: "이메일을 바꿨습니다.",
    currentPassword: "지금 비밀번호",
    wrongPassword: "지금 쓰는 비밀번호가 아닙니다.",
    changePassword: "비밀번호 바꾸기",
    passwordChanged: "비밀번호를 바꿨습니다.",
    calendar: "달력에서 보기",
    choosePicture: "사진 올리기",
    ready: "준비됨",
    makeAddress: "주소 만들기",
    address: "비밀 주소",
    withdraw: "없애기",
    devices: "로그인한 기기",
    endOne: /. 로그아웃$/,
    here: "이 기기",
    endAll: "모든 기기에서 로그아웃",
    signIn: "로그인",
  },
  en: {
    name: "Sky Lee",
    confirm: "Confirm your e-mail",
    resend: "Send a new code",
    resent: "A new code is on its way.",
    tooSoon: "Too many requests.",
    password: "Password",
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
    bio: "About you",
    isOver: "what you wrote is still in place",
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
    currentPassword: "Current password",
    wrongPassword: "This is not your current password.",
    changePassword: "Change password",
    passwordChanged: "Your password was changed.",
    calendar: "In your calendar",
    choosePicture: "Upload a picture",
    ready: "Ready",
    makeAddress: "Make the address",
    address: "Secret address",
    withdraw: "Remove",
    devices: "Devices",
    endOne: /^Sign out (?!everywhere)/,
    here: "This device",
    endAll: "Sign out everywhere",
    signIn: "Sign in",
  },
} as const;

/** A picture of one colour. */
function portrait(): Promise<Buffer> {
  return sharp({ create: { width: 400, height: 300, channels: 3, background: "#c2552d" } })
    .png()
    .toBuffer();
}

/** The account's address leads to the one with the handle, and the avatar is there for everybody. */
async function expectProfile(page: Page, locale: Locale, handle: string): Promise<void> {
  const { accountId, avatar } = await asPerson<OwnProfile>(page, "GET", "/profile");
  const moved = await page.request.get(`/${locale}/authors/${accountId}`);
  expect([moved.status(), new URL(moved.url()).pathname]).toEqual([200, `/${locale}/authors/${handle}`]);
  expect((await page.request.get(avatar?.src ?? "")).headers()["content-type"]).toBe("image/webp");
}

/** The sign-in of an account that was not confirmed yet ends at the field for its code. */
async function expectLedToItsCode(page: Page, locale: Locale, person: Person): Promise<void> {
  const text = words[locale];
  await page.goto(`/${locale}/sign-in`);
  await typeInto(page, page.getByLabel(text.email), person.email);
  await typeInto(page, page.getByLabel(text.password, { exact: true }), password);
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { level: 1, name: text.confirm })).toBeVisible();
}

/** Within a minute a page that asks who somebody is leads to the sign-in. */
async function expectSignedOutSoon(page: Page, locale: Locale): Promise<void> {
  const heading = page.getByRole("heading", { level: 1, name: words[locale].signIn });
  await expect(async () => {
    await page.goto(`/${locale}/settings`);
    await expect(heading).toBeVisible({ timeout: 1_000 });
  }).toPass({ timeout: 60_000 });
}

for (const locale of ["ko", "en"] as const) {
  const text = words[locale];

  test(`an account that was not confirmed yet is led back to its code, and a forgotten password is replaced, by keyboard alone (${locale})`, async ({
    page,
  }) => {
    const person = await applyFor(locale, text.name);
    await expectLedToItsCode(page, locale, person);
    await expectAccessible(page);
    await typeInto(page, page.getByLabel(text.code), codeIn(await readMail(person.email)));
    await page.keyboard.press("Enter");
    await expectSignedIn(page, locale);
    await signOut(page, locale);

    await page.goto(`/${locale}/sign-in`);
    await pressOn(page, page.getByRole("link", { name: text.forgot }));
    await expect(page.getByRole("heading", { level: 1, name: text.forgot })).toBeVisible();
    await expectAccessible(page);
    await typeInto(page, page.getByLabel(text.email), person.email);
    await page.keyboard.press("Enter");
    await expect(page.getByLabel(text.code)).toBeFocused();
    await page.keyboard.type(codeIn(await readMail(person.email, text.resetSubject)));
    await typeInto(page, page.getByLabel(text.newPassword, { exact: true }), "Other-horse-8");
    await expectAccessible(page);
    await page.keyboard.press("Enter");
    await expect(page.getByText(text.wasReset)).toBeVisible();
    await signIn(page, locale, person, "Other-horse-8");
  });

  test(`who signs up with an e-mail that somebody else has signed up with sets the password anew, by keyboard alone (${locale})`, async ({
    page,
  }) => {
    const { email } = await applyFor(locale, text.name);
    await signUp(page, locale, text.name, { email, password: "Other-horse-8" });
    await expect(page.getByRole("heading", { level: 1, name: text.newPassword })).toBeVisible();
    await expect(page.getByLabel(text.code)).toBeFocused();
    await expectAccessible(page);
    await page.keyboard.type(codeIn(await readMail(email, text.resetSubject)));
    await typeInto(page, page.getByLabel(text.newPassword, { exact: true }), "Third-horse-9");
    await page.keyboard.press("Enter");
    await expect(page.getByText(text.wasReset)).toBeVisible();
    await signIn(page, locale, { name: text.name, email }, "Third-horse-9");
    const refused = await page.request.post("/api/sessions", { data: { email, password } });
    expect(refused.status()).toBe(401);
  });

  test(`a code that did not come is asked for again, but not twice within seconds, by keyboard alone (${locale})`, async ({
    page,
  }) => {
    const person = await applyFor(locale, text.name);
    await expectLedToItsCode(page, locale, person);
    const resend = page.getByRole("button", { name: text.resend });
    await pressOn(page, resend);
    await expect(page.getByText(text.resent)).toBeVisible();
    // Not at once again: a minute begins with the clock's, so that a second mail may just go out.
    await expect(async () => {
      await pressOn(page, resend);
      await expect(page.getByRole("alert").filter({ hasText: text.tooSoon })).toBeVisible({ timeout: 5_000 });
    }).toPass();
    await expectAccessible(page);
    await typeInto(page, page.getByLabel(text.code), codeIn(await readMail(person.email)));
    await page.keyboard.press("Enter");
    await expectSignedIn(page, locale);
  });

  test(`somebody sets the account up: name, picture, handle, e-mail, password, calendar, by keyboard alone (${locale})`, async ({
    page,
  }) => {
    await enter(page, locale, text.name);
    await page.goto(`/${locale}/settings`);
    await expect(page.getByRole("heading", { level: 1, name: text.settings })).toBeVisible();
    const chosen = page.waitForEvent("filechooser");
    await pressOn(page, page.getByRole("button", { name: text.choosePicture }));
    await (await chosen).setFiles({ name: "me.png", mimeType: "image/png", buffer: await portrait() });
    await expect(page.getByText(text.ready, { exact: true })).toBeVisible();

    await typeInto(page, page.getByLabel(text.nameField, { exact: true }), `${text.name} 2`);
    await pressOn(page, page.getByRole("button", { name: text.save, exact: true }));
    await expect(page.getByText(text.saved, { exact: true })).toBeVisible();

    const handle = page.getByRole("textbox", { name: text.handle, exact: true });
    await typeInto(page, handle, "admin");
    await pressOn(page, page.getByRole("button", { name: text.takeHandle }));
    await expect(page.getByText(text.reserved)).toBeVisible();
    await expect(handle).toBeFocused();
    await expectAccessible(page);
    const name = `p-${Date.now().toString(36)}`;
    await typeInto(page, handle, name);
    await pressOn(page, page.getByRole("button", { name: text.takeHandle }));
    await expect(page.getByText(text.saved, { exact: true })).toHaveCount(2);
    await expectProfile(page, locale, name);

    const next = newEmail("moved");
    const email = page.getByRole("region", { name: text.email, exact: true });
    await typeInto(page, email.getByLabel(text.newEmail), next);
    await typeInto(page, email.getByLabel(text.currentPassword, { exact: true }), "Wrong-horse-7");
    await pressOn(page, email.getByRole("button", { name: text.askCode, exact: true }));
    await expect(email.getByText(text.wrongPassword)).toBeVisible();
    await expect(email.getByLabel(text.currentPassword, { exact: true })).toBeFocused();
    await expectAccessible(page);
    await typeInto(page, email.getByLabel(text.currentPassword, { exact: true }), password);
    await pressOn(page, email.getByRole("button", { name: text.askCode, exact: true }));
    const code = codeIn(await readMail(next, text.changeSubject));
    await typeInto(page, page.getByLabel(text.code, { exact: true }), code);
    await pressOn(page, page.getByRole("button", { name: text.changeEmail }));
    await expect(page.getByText(text.emailChanged)).toBeVisible();

    const section = page.getByRole("region", { name: text.password, exact: true });
    await typeInto(page, section.getByLabel(text.currentPassword, { exact: true }), password);
    await typeInto(page, section.getByLabel(text.newPassword, { exact: true }), "Other-horse-8");
    await pressOn(page, section.getByRole("button", { name: text.changePassword }));
    await expect(page.getByText(text.passwordChanged)).toBeVisible();

    const calendar = page.getByRole("region", { name: text.calendar });
    await pressOn(page, calendar.getByRole("button", { name: text.makeAddress }));
    const address = await calendar.getByLabel(text.address).inputValue();
    const feed = await page.request.get(address);
    expect(feed.headers()["content-type"]).toBe("text/calendar; charset=utf-8");
    expect(await feed.text()).toMatch(/^BEGIN:VCALENDAR\r\n/);
    await expectAccessible(page);
    await pressOn(page, calendar.getByRole("button", { name: text.withdraw }));
    await expect(calendar.getByRole("button", { name: text.makeAddress })).toBeVisible();
    expect((await page.request.get(address)).status()).toBe(404);
  });

  test(`two tabs with an expired token lead to one refresh; signing out everywhere ends the other browser within a minute (${locale})`, async ({
    page,
    browser,
  }) => {
    const person = await enter(page, locale, text.name);
    await page.goto(`/${locale}`);
    const tab = await page.context().newPage();
    await tab.goto(`/${locale}`);
    await expireToken(page.context());
    const tokens = tokensSetBy(page.context());
    const askTenTimes = (each: Page) =>
      each.evaluate(() =>
        Promise.all(Array.from({ length: 10 }, async () => (await fetch("/bff/account")).status)),
      );
    const statuses = await Promise.all([askTenTimes(page), askTenTimes(tab)]);
    expect(new Set(statuses.flat())).toEqual(new Set([200]));
    // The pool makes another token with each refresh: one token is one refresh.
    expect((await tokens()).size).toBe(1);
    for (const each of [page, tab]) {
      await each.reload();
      await expectSignedIn(each, locale);
    }
    await tab.close();

    const lost = await browser.newContext({ locale });
    const lostPage = await lost.newPage();
    await resume(lostPage, person);
    await lostPage.goto(`/${locale}/settings`);
    await expect(lostPage.getByRole("region", { name: text.devices })).toBeVisible();
    await page.goto(`/${locale}/settings`);
    const devices = page.getByRole("region", { name: text.devices });
    const endOne = devices.getByRole("listitem").getByRole("button", { name: text.endOne });
    await pressOn(page, endOne);
    await expect(endOne).toHaveCount(0);
    await expect(devices.getByText(text.here)).toBeVisible();
    await expectAccessible(page);
    await expectSignedOutSoon(lostPage, locale);
    await lost.close();

    const context = await browser.newContext({ locale });
    const other = await context.newPage();
    await resume(other, person);
    await other.goto(`/${locale}/settings`);
    await expect(other.getByText(text.here)).toBeVisible();
    await typeInto(other, other.getByLabel(text.bio), text.name);

    await page.goto(`/${locale}/settings`);
    await pressOn(page, page.getByRole("button", { name: text.endAll }));
    await expect(page.getByRole("heading", { level: 1, name: text.signIn })).toBeVisible();
    // Whoever was in the middle of a form keeps what was typed.
    await pressOn(other, other.getByRole("button", { name: text.save, exact: true }));
    await expect(other.getByRole("alert").filter({ hasText: text.isOver })).toBeVisible();
    await expect(other.getByLabel(text.bio)).toHaveValue(text.name);
    await expectSignedOutSoon(other, locale);
    await context.close();
  });
}
