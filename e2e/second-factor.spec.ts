import { totpAt } from "../packages/local/src/user-pool/totp.ts";
import { expect, expectAccessible, type Page, pressOn, test, typeInto } from "./fixtures.ts";
import { enter, expectSignedIn, type Person, password, signOut } from "./people.ts";

const words = {
  ko: {
    name: "윤가을",
    section: "2단계 인증",
    currentPassword: "지금 비밀번호",
    code: "인증 앱 코드",
    codes: "복구 코드를 따로 보관해 주세요",
    kept: "보관했습니다",
    isOn: "남은 복구 코드: 10개",
    isOff: "지금은 비밀번호만으로 로그인합니다.",
    email: "이메일",
    password: "비밀번호",
    lost: "앱을 잃어버렸다면 복구 코드 쓰기",
    recoveryCode: "복구 코드",
    refused: "코드가 맞지 않습니다. 앱에 지금 보이는 코드를 넣어 주세요.",
    recoveryRefused: "복구 코드가 맞지 않습니다. 아직 쓰지 않은 것을 넣어 주세요.",
  },
  en: {
    name: "Autumn Yoon",
    section: "Second factor",
    currentPassword: "Current password",
    code: "Code of your app",
    codes: "Keep these recovery codes in a safe place",
    kept: "I have kept them",
    isOn: "Recovery codes left: 10.",
    isOff: "You sign in with your password alone.",
    email: "E-mail",
    password: "Password",
    lost: "Lost your app? Use a recovery code",
    recoveryCode: "Recovery code",
    refused: "This code is not right. Enter the one that your app shows now.",
    recoveryRefused: "This is none of your recovery codes. Enter one that you kept.",
  },
} as const;

/** The code of a time step that was not used: each counts once, and the pool takes the next one a little early. */
function codesOf(secret: string): () => string {
  let used = 0;
  return () => {
    used = Math.max(used + 1, Math.floor(Date.now() / 30_000));
    return totpAt(secret, used);
  };
}

/** Signs in as far as the question for the second factor. */
async function givePassword(page: Page, locale: keyof typeof words, { email }: Person): Promise<void> {
  const text = words[locale];
  await page.goto(`/${locale}/sign-in`);
  await typeInto(page, page.getByLabel(text.email), email);
  await typeInto(page, page.getByLabel(text.password, { exact: true }), password);
  await page.keyboard.press("Enter");
  await expect(page.getByLabel(text.code, { exact: true })).toBeFocused();
}

for (const locale of ["ko", "en"] as const) {
  const text = words[locale];

  test(`an authenticator app guards an account, and a recovery code stands in for it, by keyboard alone (${locale})`, async ({
    page,
  }) => {
    const person = await enter(page, locale, text.name);
    await page.goto(`/${locale}/settings`);
    const section = page.getByRole("region", { name: text.section });
    await expect(section.getByText(text.isOff)).toBeVisible();

    // The password section has a field of the same name before this one.
    await typeInto(page, section.getByLabel(text.currentPassword, { exact: true }), password);
    await page.keyboard.press("Enter");
    const code = section.getByLabel(text.code, { exact: true });
    await expect(code).toBeFocused();
    await expectAccessible(page);
    const key = await section.locator(".secret code").textContent();
    const secret = (key ?? "").replaceAll(" ", "");
    const nextCode = codesOf(secret);

    await page.keyboard.type("000000");
    await page.keyboard.press("Enter");
    await expect(section.getByText(text.refused)).toBeVisible();
    await expect(code).toBeFocused();
    await typeInto(page, code, nextCode());
    await page.keyboard.press("Enter");
    await expect(section.getByRole("heading", { name: text.codes })).toBeFocused();
    await expectAccessible(page);
    const recoveryCodes = await section.getByRole("listitem").allTextContents();
    expect(recoveryCodes).toHaveLength(10);
    await pressOn(page, page.getByRole("button", { name: text.kept }));
    await expect(section.getByText(text.isOn)).toBeVisible();

    await signOut(page, locale);
    await givePassword(page, locale, person);
    await expectAccessible(page);
    await page.keyboard.type(nextCode());
    await page.keyboard.press("Enter");
    await expectSignedIn(page, locale);

    await signOut(page, locale);
    await givePassword(page, locale, person);
    await pressOn(page, page.getByRole("button", { name: text.lost }));
    const recovery = page.getByLabel(text.recoveryCode, { exact: true });
    await expect(recovery).toBeFocused();
    await page.keyboard.type("0000-0000-0000-0000-0000");
    await page.keyboard.press("Enter");
    await expect(page.getByText(text.recoveryRefused)).toBeVisible();
    await expectAccessible(page);
    // Whoever was wrong just now may be asked to wait a moment. Then it leads to the settings, where the second
    // factor is off.
    const isOff = page.getByRole("region", { name: text.section }).getByText(text.isOff);
    await expect(async () => {
      if (await recovery.isVisible()) {
        await typeInto(page, recovery, recoveryCodes[0] ?? "");
        await page.keyboard.press("Enter");
      }
      await expect(isOff).toBeVisible({ timeout: 5_000 });
    }).toPass();
  });
}
