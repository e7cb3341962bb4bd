import { readFile } from "node:fs/promises";
import { strFromU8, unzipSync } from "fflate";
import { expect, expectAccessible, pressOn, test, typeInto } from "./fixtures.ts";
import { enter, password, signIn } from "./people.ts";

const words = {
  ko: {
    name: "한겨울",
    takeout: "내 자료 내려받기",
    request: "압축 파일 만들기",
    ready: "다 만들었습니다.",
    download: /^내려받기/,
    closure: "계정 지우기",
    begin: "계정을 지우고 싶습니다",
    currentPassword: "지금 비밀번호",
    signIn: "로그인",
    willClose: /이 계정은 .+에 지워집니다\./,
    keep: "계정 그대로 두기",
    kept: "계정을 그대로 둡니다.",
  },
  en: {
    name: "Winter Han",
    takeout: "Take your data along",
    request: "Make a zip",
    ready: "It is ready.",
    download: /^Download/,
    closure: "Delete account",
    begin: "I want to delete my account",
    currentPassword: "Current password",
    signIn: "Sign in",
    willClose: /This account will be deleted on .+\./,
    keep: "Keep my account",
    kept: "Your account stays.",
  },
} as const;

for (const locale of ["ko", "en"] as const) {
  const text = words[locale];

  test(`somebody takes everything along, leaves, and comes back in time, by keyboard alone (${locale})`, async ({
    page,
  }) => {
    const person = await enter(page, locale, text.name);
    await page.goto(`/${locale}/settings`);
    const takeout = page.getByRole("region", { name: text.takeout });
    await pressOn(page, takeout.getByRole("button", { name: text.request }));
    await expect(takeout.getByText(text.ready)).toBeVisible({ timeout: 60_000 });
    await expectAccessible(page);
    const downloading = page.waitForEvent("download");
    await pressOn(page, takeout.getByRole("button", { name: text.download }));
    const download = await downloading;
    expect(download.suggestedFilename()).toMatch(/^haru-[\d-]+\.zip$/);
    const files = unzipSync(await readFile(await download.path()));
    expect(JSON.parse(strFromU8(files["account.json"] ?? new Uint8Array()))).toMatchObject({
      email: person.email,
    });

    const closure = page.getByRole("region", { name: text.closure });
    await pressOn(page, closure.getByText(text.begin));
    await typeInto(page, closure.getByLabel(text.currentPassword, { exact: true }), password);
    await expectAccessible(page);
    await page.keyboard.press("Enter");
    await expect(page.getByRole("heading", { level: 1, name: text.signIn })).toBeVisible();

    await signIn(page, locale, person);
    await page.goto(`/${locale}/settings`);
    await expect(closure.getByText(text.willClose)).toBeVisible();
    await expectAccessible(page);
    await pressOn(page, closure.getByRole("button", { name: text.keep }));
    await expect(closure.getByText(text.kept)).toBeVisible();
  });
}
