/*
 * The service worker of the todo app, and of nothing else: each language's todo pages are its only
 * scope, so that the blog's pages never wait for it. It keeps the page, which is the same for
 * everybody, and the files that the page is made of. Todos are not its business: the API's answers
 * pass by, and what a person wrote is in the database of their account. It also shows reminders.
 */
import type { PushMessage } from "@haru/core/reminder/reminder-push.contract";
import { filesOf, isLastingFile, languageOf } from "./page-files.ts";

interface LifeEvent extends Event {
  waitUntil(work: Promise<unknown>): void;
}
interface FetchEvent extends LifeEvent {
  readonly request: Request;
  respondWith(response: Promise<Response>): void;
}
interface PushEvent extends LifeEvent {
  readonly data: { json(): PushMessage };
}
interface NotificationEvent extends LifeEvent {
  readonly notification: { readonly data: PushMessage; close(): void };
}
interface Tab {
  readonly url: string;
  postMessage(news: string): void;
  focus(): Promise<unknown>;
}
interface Clients {
  claim(): Promise<void>;
  matchAll(options: { includeUncontrolled: boolean }): Promise<readonly Tab[]>;
  openWindow(url: string): Promise<unknown>;
}
// TypeScript's own types of service workers contradict those of pages.
declare const clients: Clients;
declare const registration: ServiceWorkerRegistration;
declare function skipWaiting(): Promise<void>;

const pagesCache = "haru-todos-pages";
const filesCache = "haru-todos-files";
/** Whoever waits longer than this for the network is better served by the page that is here. */
const patienceMilliseconds = 3_000;

addEventListener("install", (event) => {
  (event as LifeEvent).waitUntil(renewPages().then(() => skipWaiting()));
});

addEventListener("activate", (event) => {
  (event as LifeEvent).waitUntil(clients.claim());
});

addEventListener("fetch", (event) => {
  const { request, respondWith } = bound(event as FetchEvent);
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== location.origin) return;
  const language = languageOf(url.pathname);
  if (request.mode === "navigate" && language) respondWith(openPage(event as FetchEvent, language));
  else if (isLastingFile(url.pathname)) respondWith(openFile(request));
});

/** A tab came back into view: perhaps there is a newer version by now. */
addEventListener("message", (event) => {
  if ((event as MessageEvent).data === "look") (event as MessageEvent & LifeEvent).waitUntil(renewPages());
});

addEventListener("push", (event) => {
  (event as PushEvent).waitUntil(remind((event as PushEvent).data.json()));
});

addEventListener("notificationclick", (event) => {
  const { notification } = event as NotificationEvent;
  notification.close();
  (event as NotificationEvent).waitUntil(openTodo(notification.data.path));
});

function bound(event: FetchEvent): Pick<FetchEvent, "request" | "respondWith"> {
  return { request: event.request, respondWith: (response) => event.respondWith(response) };
}

async function openPage(event: FetchEvent, language: string): Promise<Response> {
  const kept = await (await caches.open(pagesCache)).match(pageOf(language));
  const asked = fetch(event.request);
  if (!kept) return asked;
  const late = new Promise<undefined>((resolve) => setTimeout(resolve, patienceMilliseconds));
  try {
    const answer = await Promise.race([asked, late]);
    // A server that fails is as far away as one that does not answer.
    if (!answer || answer.status >= 500) return kept;
    // Addresses below it may hold somebody's invitation, which is not to be kept.
    if (answer.ok && new URL(answer.url).pathname === pageOf(language))
      event.waitUntil(keep(language, answer.clone()));
    return answer;
  } catch {
    return kept;
  }
}

/** Names of these files carry a hash of their content: what is here is right. */
async function openFile(request: Request): Promise<Response> {
  const files = await caches.open(filesCache);
  const kept = await files.match(request);
  if (kept) return kept;
  const answer = await fetch(request);
  if (answer.ok) await files.put(request, answer.clone());
  return answer;
}

async function renewPages(): Promise<void> {
  for (const language of ["ko", "en"]) {
    const answer = await fetch(pageOf(language)).catch(() => undefined);
    // Whoever is signed out is led to another page, which is not ours to keep.
    if (answer?.ok && !answer.redirected) await keep(language, answer);
  }
}

/** Keeps a page only with everything that it needs; files of the page before it stay for tabs that are open. */
async function keep(language: string, answer: Response): Promise<void> {
  const pages = await caches.open(pagesCache);
  const files = await caches.open(filesCache);
  const before = await pages.match(pageOf(language));
  const needed = filesOf(await answer.clone().text());
  const earlier = before ? filesOf(await before.text()) : [];
  for (const file of needed) {
    if (await files.match(file)) continue;
    const response = await fetch(file).catch(() => undefined);
    // Half a page is none: the one before stays.
    if (!response?.ok) return;
    await files.put(file, response);
  }
  await pages.put(pageOf(language), answer);
  if (earlier.length === 0 || String(earlier) === String(needed)) return;
  await forgetOthers(pages, files, earlier);
  for (const client of await clients.matchAll({ includeUncontrolled: true }))
    client.postMessage("new version");
}

async function forgetOthers(pages: Cache, files: Cache, earlier: readonly string[]): Promise<void> {
  const wanted = new Set(earlier);
  for (const page of await pages.matchAll()) for (const file of filesOf(await page.text())) wanted.add(file);
  for (const { url } of await files.keys()) if (!wanted.has(new URL(url).pathname)) await files.delete(url);
}

/** What the site says, in the person's language. Only the site can have said it: it is encrypted for this browser. */
function remind(message: PushMessage): Promise<void> {
  const { title, body, lang, tag } = message;
  return registration.showNotification(title, {
    body,
    lang,
    tag,
    icon: "/icons/todo-192.png",
    data: message,
  });
}

/** In a tab that has the app open in that language, or else in a new one. */
async function openTodo(path: string): Promise<void> {
  const tabs = await clients.matchAll({ includeUncontrolled: true });
  const language = languageOf(path);
  const tab = tabs.find(({ url }) => languageOf(new URL(url).pathname) === language);
  tab?.postMessage(path);
  await (tab ? tab.focus() : clients.openWindow(path));
}

function pageOf(language: string): string {
  return `/${language}/todos`;
}
