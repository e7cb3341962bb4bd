import { AxeBuilder } from "@axe-core/playwright";
import { test as base, expect, type Page } from "@playwright/test";

export { expect, type Page };

/**
 * What a browser says about a page that answered with an error status, or was cut off, on purpose, and about a
 * trace's own request for a picture of the device, which the page's policy refuses to it.
 */
const expectedNoise =
  /the server responded with a status of 4\d\d|ERR_INTERNET_DISCONNECTED|^Connecting to 'blob:/;

/** A page on which any stray `console.error` or uncaught exception fails the test. */
export const test = base.extend<{ page: Page }>({
  page: async ({ page }, use) => {
    const errors: string[] = [];
    page.on("console", (message) => {
      if (message.type() === "error" && !expectedNoise.test(message.text())) errors.push(message.text());
    });
    page.on("pageerror", (error) => errors.push(String(error)));
    await use(page);
    expect(errors).toEqual([]);
  },
});

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
