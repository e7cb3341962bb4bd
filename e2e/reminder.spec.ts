import type { AccountId } from "@haru/core/id";
import type { PushMessage } from "@haru/core/reminder/reminder-push.contract";
import { inboxIdOf } from "@haru/core/todo/todo.contract";
import { expect, expectAccessible, type Page, pressOn, test } from "./fixtures.ts";
import { asPerson, enter } from "./people.ts";
import { todosOn } from "./todos-on.ts";

const words = {
  ko: {
    line: "내일 오후 3시 치과",
    title: "치과",
    details: "자세히",
    reminder: "알림",
    before: "10분 전",
    section: "기기 알림",
    off: "이 기기에서는 알림이 꺼져 있습니다.",
    on: "이 기기에서 할 일을 알려 드립니다.",
    denied: /알림을 막아 두었습니다/,
    nowhere: /이대로는 알림을 받을 수 없습니다/,
    settings: "설정에서 메일 알림 켜기",
    mails: /할 일 알림/,
    turnOn: "이 기기 알림 켜기",
    turnOff: "이 기기 알림 끄기",
  },
  en: {
    line: "tomorrow 3pm dentist",
    title: "dentist",
    details: "Details",
    reminder: "Reminder",
    before: "10 minutes before",
    section: "Notifications on this device",
    off: "Notifications are off on this device.",
    on: "This device tells you of todos.",
    denied: /Your browser blocks notifications/,
    nowhere: /This reminder would not reach you/,
    settings: "Turn on mails in the settings",
    mails: /Reminders of todos/,
    turnOn: "Turn on for this device",
    turnOff: "Turn off for this device",
  },
} as const;

/**
 * A browser without a window knows no permission for notifications, and no push service answers it: here the
 * person says yes or no, and the push service is one that nobody reaches.
 */
async function answerWith(page: Page, answer: "granted" | "denied"): Promise<void> {
  await page.addInitScript((given) => {
    let permission: NotificationPermission = given === "denied" ? "denied" : "default";
    let subscribed: object | null = null;
    Object.defineProperty(Notification, "permission", { get: () => permission, configurable: true });
    Notification.requestPermission = async () => {
      if (!navigator.userActivation.isActive) throw new Error("Nobody pressed anything.");
      permission = given;
      return permission;
    };
    const text = (bytes: ArrayBuffer) =>
      btoa(String.fromCharCode(...new Uint8Array(bytes))).replace(
        /[+/=]/g,
        (one) => ({ "+": "-", "/": "_" })[one] ?? "",
      );
    PushManager.prototype.getSubscription = async () => subscribed as PushSubscription | null;
    PushManager.prototype.subscribe = async (options) => {
      if (String(options?.applicationServerKey).length !== 87) throw new Error("That is no key of a site.");
      const curve = { name: "ECDH", namedCurve: "P-256" };
      const { publicKey } = await crypto.subtle.generateKey(curve, true, ["deriveBits"]);
      const p256dh = text(await crypto.subtle.exportKey("raw", publicKey));
      const auth = text(crypto.getRandomValues(new Uint8Array(16)).buffer);
      const endpoint = `https://push.example.com/${crypto.randomUUID()}`;
      const unsubscribe = async () => {
        subscribed = null;
        return true;
      };
      subscribed = { endpoint, toJSON: () => ({ endpoint, keys: { p256dh, auth } }), unsubscribe };
      return subscribed as PushSubscription;
    };
  }, answer);
}

/** What a push service would hand to the worker of a page, decrypted, by Chromium's own tool for it. */
async function deliver(page: Page, scope: string, message: PushMessage): Promise<void> {
  const tools = await page.context().newCDPSession(page);
  const registered = new Promise<string>((resolve) =>
    tools.on("ServiceWorker.workerRegistrationUpdated", ({ registrations }) => {
      const own = registrations.find(({ scopeURL }) => new URL(scopeURL).pathname === scope);
      if (own) resolve(own.registrationId);
    }),
  );
  await tools.send("ServiceWorker.enable");
  const { origin } = new URL(page.url());
  const registrationId = await registered;
  await tools.send("ServiceWorker.deliverPushMessage", {
    origin,
    registrationId,
    data: JSON.stringify(message),
  });
}

/** The worker of a language, with whatever it shows kept where the journey can look: there is no screen. */
async function workerOf(page: Page, scope: string) {
  for (const worker of page.context().serviceWorkers()) {
    const own = await worker.evaluate((wanted) => {
      const { registration } = globalThis as unknown as { registration: ServiceWorkerRegistration };
      if (new URL(registration.scope).pathname !== wanted) return false;
      const shown: unknown[] = [];
      Object.assign(globalThis, { shown });
      registration.showNotification = async (title, options) => void shown.push({ title, ...options });
      return true;
    }, scope);
    if (own) return worker;
  }
  throw new Error(`No worker is at ${scope}.`);
}

for (const locale of ["ko", "en"] as const) {
  const text = words[locale];
  const scope = `/${locale}/todos`;

  test(`reminders come to a device where somebody turned them on, and lead to their todo (${locale})`, async ({
    page,
  }) => {
    await answerWith(page, "granted");
    await enter(page, locale, "김하루");
    await page.goto(scope);
    const todos = todosOn(page, locale);
    await todos.add(text.line);
    await todos.item(text.title).hover();
    await todos.item(text.title).getByRole("button", { name: text.details }).click();
    await expect(page.getByText(text.off)).toBeHidden();
    await page.getByRole("combobox", { name: text.reminder }).selectOption({ label: text.before });
    await expect(page.getByText(text.off)).toBeVisible();
    await expectAccessible(page);
    await pressOn(page, page.getByRole("button", { name: text.turnOn }));
    await expect(page.getByText(text.on)).toBeVisible();
    await pressOn(page, page.getByRole("button", { name: text.turnOff }));
    await expect(page.getByText(text.off)).toBeVisible();
    await todos.saved();

    const todoId = (await todos.item(text.title).getAttribute("data-id")) ?? "";
    const { accountId } = await asPerson<{ accountId: AccountId }>(page, "GET", "/profile");
    const path = `${scope}/lists/${inboxIdOf(accountId)}#${todoId}`;
    const message = { title: text.title, body: "15:00", lang: locale, tag: todoId, path };
    await page.goto(`${scope}/upcoming`);
    await page.evaluate(() => navigator.serviceWorker.ready);
    const worker = await workerOf(page, scope);
    await deliver(page, scope, message);
    const shown = () => worker.evaluate(() => (globalThis as unknown as { shown: object[] }).shown);
    await expect
      .poll(shown)
      .toMatchObject([
        { title: text.title, body: "15:00", lang: locale, tag: todoId, icon: "/icons/todo-192.png" },
      ]);

    await worker.evaluate(() => {
      const [data] = (globalThis as unknown as { shown: { data: unknown }[] }).shown.map((one) => one.data);
      const pressed = Object.assign(new Event("notificationclick"), { notification: { data, close() {} } });
      // Only a person's press may bring a tab to the front.
      dispatchEvent(
        Object.assign(pressed, { waitUntil: (work: Promise<unknown>) => void work.catch(() => {}) }),
      );
    });
    await expect(todos.item(text.title).getByRole("button", { name: text.details })).toHaveAttribute(
      "aria-expanded",
      "true",
    );
    // The fragment has done its work: going back and forth opens nothing again.
    await expect(page).toHaveURL(new RegExp(`${path.slice(0, path.indexOf("#"))}$`));
  });

  test(`a reminder that would reach nobody says so where it is set, and leads to where that ends (${locale})`, async ({
    page,
  }) => {
    await answerWith(page, "granted");
    await enter(page, locale, "김하루");
    await asPerson(page, "PUT", "/account/notices", { comments: true, reminders: false });
    await page.goto(scope);
    const todos = todosOn(page, locale);
    await todos.add(text.line);
    await todos.item(text.title).hover();
    await todos.item(text.title).getByRole("button", { name: text.details }).click();
    await page.getByRole("combobox", { name: text.reminder }).selectOption({ label: text.before });
    const warning = page.getByRole("alert").filter({ hasText: text.nowhere });
    await expect(warning).toBeVisible();
    await expectAccessible(page);
    await pressOn(page, page.getByRole("button", { name: text.turnOn }));
    await expect(page.getByText(text.on)).toBeVisible();
    await expect(warning).toBeHidden();
    await pressOn(page, page.getByRole("button", { name: text.turnOff }));
    await expect(warning).toBeVisible();
    await todos.saved();

    await pressOn(page, warning.getByRole("link", { name: text.settings }));
    const chosen = page.waitForResponse((one) => one.request().method() === "PUT");
    await page.getByRole("checkbox", { name: text.mails }).check();
    await chosen;
    await page.goto(scope);
    await todos.item(text.title).hover();
    const told = page.waitForResponse(/account\/notices/);
    await todos.item(text.title).getByRole("button", { name: text.details }).click();
    await told;
    await expect(page.getByText(text.off)).toBeVisible();
    await expect(warning).toBeHidden();
  });

  test(`who said no to notifications reads where to change it, and is not asked again (${locale})`, async ({
    page,
  }) => {
    await answerWith(page, "denied");
    await enter(page, locale, "김하루");
    await page.goto(`/${locale}/settings`);
    const section = page.getByRole("region", { name: text.section });
    await expect(section.getByRole("status")).toHaveText(text.denied);
    await expect(section.getByRole("button")).toHaveCount(0);
    await expectAccessible(page);
  });
}

test("an address that asks for a todo far down a long list leads there and opens it", async ({ page }) => {
  await enter(page, "en", "김하루");
  await page.goto("/en/todos");
  const todos = todosOn(page, "en");
  await todos.add(...Array.from({ length: 160 }, (_, index) => `todo ${index + 1}.`));
  await todos.saved();
  await expect(todos.items).not.toHaveCount(160);
  await page.evaluate(() => scrollTo(0, document.body.scrollHeight));
  const last = todos.item("todo 160.");
  const todoId = (await last.getAttribute("data-id")) ?? "";
  await page.goto("/en/todos/today");
  await page.goto(`/en/todos#${todoId}`);
  await expect(last.getByRole("button", { name: "Details" })).toHaveAttribute("aria-expanded", "true");
  await expect(last).toBeInViewport();
});
