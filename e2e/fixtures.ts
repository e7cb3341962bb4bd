import { AxeBuilder } from "@axe-core/playwright";
import { test as base, expect, type Locator, type Page } from "@playwright/test";

export { expect, type Locator, type Page };

/**
 * What a browser says about a page that answered with an error status, or was cut off, on purpose, and about a
 * trace's own request for a picture of the device, which the page's policy refuses to it.
 */
const expectedNoise =
  /the server responded with a status of 4\d\d|ERR_INTERNET_DISCONNECTED|^Connecting to 'blob:|connect-src: blob/;

/**
 * Watches a page from its next document on for what a journey does not look at: errors in its console,
 * uncaught exceptions, and whatever its Content-Security-Policy refused, also where the page's own code
 * goes on without it.
 */
export async function watchForErrors(page: Page): Promise<readonly string[]> {
  const errors: string[] = [];
  page.on("console", (message) => {
    if (message.type() === "error" && !expectedNoise.test(message.text())) errors.push(message.text());
  });
  page.on("pageerror", (error) => errors.push(String(error)));
  await page.addInitScript(() =>
    addEventListener("securitypolicyviolation", ({ effectiveDirective, blockedURI, sample }) =>
      console.error(`The policy refused ${effectiveDirective}: ${blockedURI} ${sample}`),
    ),
  );
  return errors;
}

/** A page on which any stray `console.error`, uncaught exception or refusal of its policy fails the test. */
export const test = base.extend<{ page: Page }>({
  page: async ({ page }, use) => {
    const errors = await watchForErrors(page);
    await use(page);
    expect(errors).toEqual([]);
  },
});

/** More stops than any page has. */
const mostTabs = 150;

/** Goes on to an element as somebody without a mouse does, or back to it. */
export async function tabTo(page: Page, target: Locator, key: "Tab" | "Shift+Tab" = "Tab"): Promise<void> {
  await expect(target).toBeVisible();
  for (let presses = 0; presses < mostTabs; presses++) {
    if (await target.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press(key);
  }
  throw new Error(`The key ${key} does not lead to ${target}.`);
}

/** Types into a field in place of what it holds, without a mouse. */
export async function typeInto(page: Page, field: Locator, text: string): Promise<void> {
  await tabTo(page, field);
  await page.keyboard.press("ControlOrMeta+a");
  await page.keyboard.insertText(text);
}

/** Presses a button, a link or a choice by the Enter key. */
export async function pressOn(page: Page, target: Locator, key?: "Tab" | "Shift+Tab"): Promise<void> {
  await tabTo(page, target, key);
  await page.keyboard.press("Enter");
}

/** Presses a key of the page's own until something shows: a page is there before it listens to keys. */
export async function pressUntil(page: Page, key: string, shown: Locator): Promise<void> {
  await expect(async () => {
    await page.keyboard.press(key);
    await expect(shown).toBeVisible({ timeout: 1_000 });
  }).toPass();
}

/** Ticks a box, or takes its tick away, by the space bar. */
export async function tick(page: Page, box: Locator): Promise<void> {
  await tabTo(page, box);
  await page.keyboard.press("Space");
}

/** What the browser says about something that moved. */
interface Shift {
  readonly value: number;
}

/** How much of a page has moved by itself since it began to load, as browsers count it. */
export function layoutShift(page: Page): Promise<number> {
  return page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        new PerformanceObserver((list) =>
          resolve(list.getEntries().reduce((all, entry) => all + (entry as unknown as Shift).value, 0)),
        ).observe({ type: "layout-shift", buffered: true });
        setTimeout(() => resolve(0), 500);
      }),
  );
}

interface Mail {
  readonly destination: { readonly to: readonly string[] };
  readonly subject: string;
  readonly body: { readonly text?: string; readonly html?: string };
}

/** The newest mail to somebody, of that subject if one is given, as soon as it is there. */
export async function readMail(to: string, subject?: string): Promise<Mail> {
  const mailbox = new URL("/store", process.env.AWS_ENDPOINT_URL_SES);
  const deadline = Date.now() + 30_000;
  while (Date.now() < deadline) {
    const { emails } = (await (await fetch(mailbox)).json()) as { emails: Mail[] };
    const mail = emails.findLast(
      (each) => each.destination.to.includes(to) && (subject === undefined || each.subject === subject),
    );
    if (mail) return mail;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`No mail came for ${to}.`);
}

/** The code of six digits in a mail. */
export function codeIn(mail: Mail): string {
  const code = /\b\d{6}\b/.exec(`${mail.body.text ?? ""} ${mail.body.html ?? ""}`)?.[0];
  if (!code) throw new Error(`The mail "${mail.subject}" holds no code.`);
  return code;
}

/** An address that nobody else in this run has. */
export function newEmail(name: string): string {
  return `${name}-${Date.now().toString(36)}-${Math.random().toString(36).slice(2, 8)}@haru.example`;
}

/** Fails with the rules and the elements that break them, for WCAG 2.2 A and AA. */
export function expectAccessible(page: Page): Promise<void> {
  const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];
  return expectNoViolations(new AxeBuilder({ page }).withTags(tags));
}

/** The same for what the colours of a second theme may break alone. */
export function expectContrast(page: Page): Promise<void> {
  return expectNoViolations(new AxeBuilder({ page }).withRules(["color-contrast"]));
}

async function expectNoViolations(rules: AxeBuilder): Promise<void> {
  const { violations } = await rules.analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" | ")}`)).toEqual(
    [],
  );
}
