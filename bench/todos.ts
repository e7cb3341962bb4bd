/**
 * What a person feels in a list of five thousand todos: how soon it is there, how soon adding and
 * ticking off is painted, beside a bare page that adds a line, and whether scrolling stutters. One
 * browser on the local cloud.
 */
import type { Browser, Page } from "@playwright/test";
import { newId } from "../packages/core/src/id.ts";
import { mostMutations } from "../packages/core/src/todo/sync.contract.ts";
import { emptyContent } from "../packages/core/src/todo/todo.contract.ts";
import type { RunningCloud } from "../packages/local/src/start.ts";
import { launchBrowser, signedInPage } from "./browser.ts";
import { signIn, startSeededCloud } from "./cloud.ts";
import { type Figure, quantile } from "./figure.ts";

/** As many as a list may hold, but for those that are added. */
const todos = Number(process.env.BENCH_TODOS ?? 4_900);
const opens = 10;
const interactions = 50;
const scrolls = 100;
const scrollPixels = 400;
const pauseMilliseconds = 150;

const goals = { open: 500, interaction: 50, longTasks: 0 };

export async function measure(): Promise<Figure[]> {
  const cloud = await startSeededCloud({ isFresh: true });
  const browser = await launchBrowser();
  try {
    const listId = await fillList(cloud);
    const page = await signedInPage(browser, cloud.frontDoorUrl);
    await page.addInitScript(takeNotes);
    await page.goto(`/en/todos/lists/${listId}`);
    await page.getByText(`${todos} items left`).waitFor({ timeout: 120_000 });
    await page.getByText("All saved").waitFor();
    const opened = await openAgain(page);
    const added = await press(page, "keydown", async (n) => {
      const field = page.getByRole("textbox", { name: "New Todo" });
      await field.fill(`added ${n}`);
      await field.press("Enter");
    });
    const toggled = await press(page, "click", async (n) => {
      // People's pointers are there before they press; what hovering paints is not what the press takes.
      await page
        .getByRole("checkbox", { name: "Toggle Todo" })
        .nth(n % 8)
        .hover();
      await page.waitForTimeout(pauseMilliseconds);
      await page.mouse.down();
      await page.mouse.up();
    });
    const scrolled = await scroll(page);
    const bare = await press(await barePage(browser), "keydown", async (_, at) => at.keyboard.press("Enter"));
    const memory = await usedMegabytes(page);
    const paint = (name: string, samples: readonly number[]): Figure[] => [
      { name: `${name}-p50`, value: quantile(samples, 0.5), unit: "ms" },
      {
        name: `${name}-p95`,
        value: quantile(samples, 0.95),
        unit: "ms",
        goal: { operator: "<=", value: goals.interaction },
      },
    ];
    return [
      {
        name: "open",
        value: quantile(opened, 0.5),
        unit: "ms",
        goal: { operator: "<=", value: goals.open },
      },
      ...paint("add", added),
      ...paint("toggle", toggled),
      { name: "bare-p50", value: quantile(bare, 0.5), unit: "ms" },
      { name: "bare-p95", value: quantile(bare, 0.95), unit: "ms" },
      {
        name: "scroll-long-tasks",
        value: scrolled.length,
        unit: `in ${scrolls} steps`,
        goal: { operator: "<=", value: goals.longTasks },
      },
      { name: "scroll-longest-task", value: Math.max(0, ...scrolled), unit: "ms" },
      { name: "rows-in-page", value: await page.locator(".todo").count(), unit: "rows" },
      { name: "heap", value: memory, unit: "MB" },
    ];
  } finally {
    await browser.close();
    await cloud.stop();
  }
}

/** Makes the list over the API, as another device would. */
async function fillList(cloud: RunningCloud): Promise<string> {
  const headers = { authorization: `Bearer ${await signIn(cloud)}`, "content-type": "application/json" };
  const now = new Date();
  const [listId, deviceId] = [newId("list", now), newId("device", now)];
  const creation = { name: "list.create", args: { listId, name: "Five thousand", color: "sea" } };
  const made = Array.from({ length: todos }, (_, n) => ({
    name: "todo.create",
    args: {
      listId,
      todoId: newId("todo", now),
      content: { ...emptyContent(`Todo number ${n}`, `V${String(n).padStart(5, "0")}V`), tags: ["bench"] },
    },
  }));
  const changes = [creation, ...made].map((change) => ({
    ...change,
    mutationId: newId("mutation", now),
    seen: 0,
  }));
  while (changes.length > 0) {
    const body = JSON.stringify({ deviceId, mutations: changes.slice(0, mostMutations) });
    const response = await fetch(`${cloud.frontDoorUrl}/api/sync/push`, { method: "POST", headers, body });
    if (!response.ok) throw new Error(`A push answered ${response.status}.`);
    const { outcomes } = (await response.json()) as { outcomes: readonly object[] };
    changes.splice(0, outcomes.length);
  }
  return listId;
}

interface Notes {
  shownAt: number | undefined;
  readonly longTasks: number[];
  readonly paints: { readonly name: string; readonly duration: number }[];
}

/** Runs in the page before anything else. */
function takeNotes(): void {
  const notes: Notes = { shownAt: undefined, longTasks: [], paints: [] };
  Object.assign(globalThis, { notes });
  const observer = new MutationObserver(() => {
    if (!document.querySelector(".todo-title")) return;
    observer.disconnect();
    // The frame after the next one begins when this one was painted.
    requestAnimationFrame(() => requestAnimationFrame((time) => Object.assign(notes, { shownAt: time })));
  });
  observer.observe(document, { childList: true, subtree: true });
  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) notes.longTasks.push(duration);
  }).observe({ type: "longtask" });
  // From the input to the next paint after it, as the browser itself measures it.
  new PerformanceObserver((list) => {
    for (const { name, duration } of list.getEntries()) notes.paints.push({ name, duration });
  }).observe({ type: "event", durationThreshold: 16 } as PerformanceObserverInit);
}

const notesOf = (page: Page) =>
  page.evaluate(() => (globalThis as unknown as { notes: Notes }).notes) as Promise<Notes>;

/** From the page's HTML, with all files kept, to the first painted todo: scripts, reading the database, rendering. */
async function openAgain(page: Page): Promise<number[]> {
  const samples: number[] = [];
  while (samples.length < opens) {
    await page.reload();
    await page.waitForFunction(() => (globalThis as unknown as { notes: Notes }).notes.shownAt);
    const { shownAt = Number.NaN } = await notesOf(page);
    const html = await page.evaluate(
      () => (performance.getEntriesByType("navigation")[0] as PerformanceNavigationTiming).responseEnd,
    );
    samples.push(shownAt - html);
    await page.getByText("All saved").waitFor();
  }
  return samples;
}

/** How long inputs of one kind took to be painted. Those below 16 ms are not told, and count as 16. */
async function press(
  page: Page,
  kind: "keydown" | "click",
  act: (n: number, page: Page) => Promise<void>,
): Promise<number[]> {
  const samples: number[] = [];
  for (let n = 0; n < interactions; n++) {
    await page.evaluate(() => {
      (globalThis as unknown as { notes: Notes }).notes.paints.length = 0;
    });
    await act(n, page);
    await page.waitForTimeout(pauseMilliseconds);
    const { paints } = await notesOf(page);
    samples.push(Math.max(16, ...paints.filter(({ name }) => name === kind).map(({ duration }) => duration)));
  }
  return samples;
}

/** A page without anything that adds a line with Enter: what the browser itself takes on this machine now. */
async function barePage(browser: Browser): Promise<Page> {
  const page = await browser.newPage();
  await page.addInitScript(takeNotes);
  await page.goto("data:text/html,<input autofocus><ul></ul>");
  await page.evaluate(() => {
    addEventListener("keydown", () => {
      document.querySelector("ul")?.append(Object.assign(document.createElement("li"), { textContent: "a" }));
    });
  });
  return page;
}

async function scroll(page: Page): Promise<readonly number[]> {
  await page.getByText("All saved").waitFor();
  await page.mouse.move(640, 500);
  await page.evaluate(() => {
    (globalThis as unknown as { notes: Notes }).notes.longTasks.length = 0;
  });
  for (let n = 0; n < scrolls; n++) {
    await page.mouse.wheel(0, scrollPixels);
    await page.waitForTimeout(50);
  }
  return (await notesOf(page)).longTasks;
}

async function usedMegabytes(page: Page): Promise<number> {
  const session = await page.context().newCDPSession(page);
  await session.send("HeapProfiler.collectGarbage");
  const { usedSize } = await session.send("Runtime.getHeapUsage");
  return usedSize / 1_000_000;
}
