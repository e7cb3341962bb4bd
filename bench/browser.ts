import { type Browser, chromium, type Page } from "@playwright/test";
import { chromiumPath } from "../scripts/chromium.ts";
import { sampleAccounts, samplePassword } from "../scripts/sample-accounts.ts";

export async function launchBrowser(): Promise<Browser> {
  const executablePath = chromiumPath();
  return chromium.launch(executablePath ? { executablePath } : {});
}

/** A page of the sample author's, signed in. */
export async function signedInPage(browser: Browser, siteUrl: string): Promise<Page> {
  const page = await browser.newPage({ baseURL: siteUrl, locale: "en" });
  await signInOn(page, siteUrl);
  return page;
}

/** Signs the sample author in. */
export async function signInOn(page: Page, siteUrl: string): Promise<void> {
  await page.goto(`${siteUrl}/en/sign-in`);
  await page.getByLabel("E-mail").fill(sampleAccounts[0].email);
  await page.getByLabel("Password", { exact: true }).fill(samplePassword);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await page.getByRole("button", { name: "Account" }).waitFor();
}
