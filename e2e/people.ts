import { execFile } from "node:child_process";
import path from "node:path";
import { promisify } from "node:util";
import { createClient } from "@haru/core/client";
import type { Locale } from "@haru/core/locale";
import { contracts } from "@haru/core/routes";
import { codeIn, expect, newEmail, type Page, pressOn, readMail, typeInto } from "./fixtures.ts";

const root = path.resolve(import.meta.dirname, "..");
export const password = "Right-horse-7";

/** What people read on the way through the account pages, in the words of the site. */
const words = {
  ko: {
    signUp: "회원 가입",
    submitSignUp: "가입하기",
    name: "이름",
    email: "이메일",
    password: "비밀번호",
    code: "확인 코드",
    confirm: "확인",
    signIn: "로그인",
    account: "계정",
    signOut: "로그아웃",
    subject: "하루: 이메일 확인 코드",
  },
  en: {
    signUp: "Sign up",
    submitSignUp: "Sign up",
    name: "Name",
    email: "E-mail",
    password: "Password",
    code: "Code",
    confirm: "Confirm",
    signIn: "Sign in",
    account: "Account",
    signOut: "Sign out",
    subject: "Haru: your confirmation code",
  },
} as const;

export interface Person {
  readonly name: string;
  readonly email: string;
}

/** Opens an account through the pages, by keyboard alone: form, mail, code. */
export async function signUp(
  page: Page,
  locale: Locale,
  name: string,
  { email = newEmail("person"), password: typed = password } = {},
): Promise<Person> {
  const text = words[locale];
  await page.goto(`/${locale}/sign-up`);
  await expect(page.getByRole("heading", { level: 1, name: text.signUp })).toBeVisible();
  await typeInto(page, page.getByLabel(text.name), name);
  await typeInto(page, page.getByLabel(text.email), email);
  await typeInto(page, page.getByLabel(text.password, { exact: true }), typed);
  await pressOn(page, page.getByRole("button", { name: text.submitSignUp }));
  const code = page.getByLabel(text.code);
  await expect(code).toBeVisible();
  const mail = await readMail(email);
  expect(mail.subject).toBe(text.subject);
  await typeInto(page, code, codeIn(mail));
  await page.keyboard.press("Enter");
  return { name, email };
}

function visitorApi(locale: Locale) {
  return createClient(contracts, { baseUrl: new URL("/api", process.env.LOCAL_CLOUD_URL).href, locale });
}

/** Asks the API for an account, which waits for its code from then on. */
export async function applyFor(locale: Locale, name: string): Promise<Person> {
  const email = newEmail("person");
  await visitorApi(locale).account.signUp({ displayName: name, email, password, locale });
  return { name, email };
}

/**
 * Opens an account by the API and signs in without the pages, for journeys that are about something else.
 * The page still shows what it showed.
 */
export async function enter(page: Page, locale: Locale, name: string, role?: "author"): Promise<Person> {
  const person = await applyFor(locale, name);
  const code = codeIn(await readMail(person.email));
  await visitorApi(locale).account.confirm({ email: person.email, code });
  if (role) await makeAuthor(person);
  await resume(page, person);
  return person;
}

/** Signs in without the page: its browser has the session from the next page on. */
export async function resume(page: Page, { email }: Person, typed: string = password): Promise<void> {
  const { request } = page.context();
  const { csrfToken } = await (await request.get("/auth/csrf")).json();
  const answer = await request.post("/auth/callback/credentials", {
    headers: { origin: siteOrigin() },
    form: { email, password: typed, csrfToken, json: "true" },
  });
  expect(answer.ok(), await answer.text()).toBe(true);
}

/** Waits until the page knows that somebody is signed in. */
export async function expectSignedIn(page: Page, locale: Locale): Promise<void> {
  await expect(page.getByRole("button", { name: words[locale].account })).toBeVisible();
}

/** Signs in by keyboard alone. */
export async function signIn(
  page: Page,
  locale: Locale,
  person: Person,
  typed: string = password,
): Promise<void> {
  const text = words[locale];
  await page.goto(`/${locale}/sign-in`);
  await typeInto(page, page.getByLabel(text.email), person.email);
  await typeInto(page, page.getByLabel(text.password, { exact: true }), typed);
  await page.keyboard.press("Enter");
  await expectSignedIn(page, locale);
}

export async function signOut(page: Page, locale: Locale): Promise<void> {
  const text = words[locale];
  await pressOn(page, page.getByRole("button", { name: text.account }));
  await pressOn(page, page.getByRole("button", { name: text.signOut, exact: true }));
  const bar = page.getByRole("banner");
  await expect(bar.getByRole("link", { name: text.signIn, exact: true })).toBeVisible();
}

/** What `npm run admin -- grant` does. It holds from the next sign-in on. */
export async function makeAuthor(person: Person): Promise<void> {
  const args = ["--import", "tsx", "scripts/admin.ts", "grant", person.email, "author"];
  await promisify(execFile)(process.execPath, args, { cwd: root });
}

/** Calls the API as the person whose session the page's browser has. */
export async function asPerson<Answer>(
  page: Page,
  method: string,
  path: string,
  body?: object,
): Promise<Answer> {
  const answer = await page.context().request.fetch(`/bff${path}`, {
    method,
    headers: { origin: siteOrigin() },
    ...(body ? { data: body } : {}),
  });
  if (!answer.ok()) throw new Error(`${method} ${path} answered ${answer.status()}: ${await answer.text()}`);
  return answer.json();
}

/** A browser says with each request where it comes from; a request without a page says it by itself. */
function siteOrigin(): string {
  return new URL(process.env.LOCAL_CLOUD_URL ?? "").origin;
}
