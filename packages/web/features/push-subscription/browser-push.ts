import type { Locale } from "@haru/core/locale";
import { browserApi } from "../../browser-api.ts";
import { readSession } from "../account/session-client.ts";
import { registerWorker } from "../todo/offline-app.ts";
import { browserSubscriptions, forgetPush, ownerKey } from "./forget-push.ts";

/** Whether this browser tells of reminders. */
export type PushState = "unsupported" | "denied" | "off" | "on";

export async function readPush(): Promise<PushState> {
  if (!isSupported()) return "unsupported";
  if (Notification.permission === "denied") return "denied";
  const session = await readSession();
  const isOwn = session.signedIn && localStorage.getItem(ownerKey) === session.accountId;
  return isOwn && (await browserSubscriptions()).length > 0 ? "on" : "off";
}

/** Asks the person for leave and subscribes. To be called from a press: browsers ask for nothing otherwise. */
export async function turnOnPush(locale: Locale): Promise<PushState> {
  const permission = await Notification.requestPermission();
  if (permission !== "granted") return permission === "denied" ? "denied" : "off";
  const session = await readSession();
  if (!session.signedIn) throw new Error("Nobody is signed in any more.");
  const api = browserApi(locale).pushSubscription;
  const { applicationServerKey } = await api.read({});
  // One that is there may be somebody else's, or for another key of the site.
  await forgetPush();
  const { pushManager } = await activeWorker(locale);
  const subscription = await pushManager.subscribe({ userVisibleOnly: true, applicationServerKey });
  await api.subscribe(inputOf(subscription));
  localStorage.setItem(ownerKey, session.accountId);
  return "on";
}

export async function turnOffPush(locale: Locale): Promise<PushState> {
  for (const { endpoint } of await browserSubscriptions()) {
    const hash = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(endpoint));
    const endpointHash = btoa(String.fromCharCode(...new Uint8Array(hash)))
      .replaceAll("+", "-")
      .replaceAll("/", "_")
      .replace(/=+$/, "");
    await browserApi(locale).pushSubscription.unsubscribe({ endpointHash });
  }
  await forgetPush();
  return "off";
}

/** Says that this browser is in use still, and where it is by now. What somebody else left ends. */
export async function renewPush(locale: Locale, accountId: string): Promise<void> {
  if (!isSupported()) return;
  const [subscription] = await browserSubscriptions();
  if (!subscription) return;
  if (localStorage.getItem(ownerKey) !== accountId) await forgetPush();
  else await browserApi(locale).pushSubscription.subscribe(inputOf(subscription));
}

function isSupported(): boolean {
  return "serviceWorker" in navigator && "PushManager" in globalThis && "Notification" in globalThis;
}

function inputOf(subscription: PushSubscription) {
  const { keys } = subscription.toJSON();
  return { endpoint: subscription.endpoint, p256dh: keys?.p256dh ?? "", auth: keys?.auth ?? "" };
}

/** The app's worker, also on pages that it does not serve. */
async function activeWorker(locale: Locale): Promise<ServiceWorkerRegistration> {
  const registration = await registerWorker(locale);
  const worker = registration.active ?? registration.waiting ?? registration.installing;
  if (worker && worker.state !== "activated")
    await new Promise<void>((resolve) =>
      worker.addEventListener("statechange", () => worker.state === "activated" && resolve()),
    );
  return registration;
}
