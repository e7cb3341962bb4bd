import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { type Browser, chromium, type Page } from "@playwright/test";
import type { RunningCloud } from "../../packages/local/src/start.ts";
import { chromiumPath } from "../../scripts/chromium.ts";
import { signInOn } from "../browser.ts";
import { signIn, startSeededCloud } from "../cloud.ts";
import type { Figure } from "../figure.ts";

const changes = 1_000;
/** Pushes of a hundred changes each that are answered before the browser is killed: the next is on its way. */
const answersBeforeKill = 4;
const startMilliseconds = 20_000;

/**
 * Kills a browser in the middle of a thousand changes, as a phone does that is out of memory: what is
 * on the server once it was opened again. The changes are a file of todos that was read into a list.
 */
export async function measureKill(): Promise<Figure[]> {
  const cloud = await startSeededCloud({ isFresh: true });
  const folder = mkdtempSync(path.join(tmpdir(), "haru-bench-kill-"));
  const titles = Array.from({ length: changes }, (_, n) => `change ${n}`);
  const file = path.join(folder, "todos.txt");
  writeFileSync(file, titles.join("\n"));
  let running: Killable | undefined;
  try {
    running = await launch(path.join(folder, "profile"));
    const page = await open(running);
    await signInOn(page, cloud.frontDoorUrl);
    const listId = await makeList(page, cloud);
    const cookies = await page.context().cookies();
    let answers = 0;
    const isMidway = new Promise<void>((resolve) => {
      page.on("response", (response) => {
        if (response.url().endsWith("/sync/push") && ++answers === answersBeforeKill) resolve();
      });
    });
    await page.getByRole("button", { name: "List settings and sharing" }).click();
    await page.locator('input[type="file"]').setInputFiles(file);
    await isMidway;
    await running.kill();
    const arrivedBefore = (await titlesIn(cloud, listId)).length;

    running = await launch(path.join(folder, "profile"));
    const again = await open(running);
    // The browser writes its cookies later than its databases.
    await again.context().addCookies(cookies);
    await again.goto(`${cloud.frontDoorUrl}/en/todos/lists/${listId}`);
    await again.getByText(`${changes} items left`).waitFor({ timeout: 120_000 });
    await again.getByText("All saved").waitFor({ timeout: 120_000 });
    const arrived = await titlesIn(cloud, listId);
    const lost = titles.filter((title) => !arrived.includes(title)).length;
    const none = { operator: "<=", value: 0 } as const;
    return [
      { name: "kill-arrived-before", value: arrivedBefore, unit: `of ${changes}` },
      { name: "kill-lost", value: lost, unit: "changes", goal: none },
      { name: "kill-twice", value: arrived.length - new Set(arrived).size, unit: "changes", goal: none },
    ];
  } finally {
    await running?.kill();
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
    await cloud.stop();
  }
}

interface Killable {
  readonly browser: Browser;
  /** At once, with all of its processes. */
  kill(): Promise<void>;
}

async function launch(profile: string): Promise<Killable> {
  const args = ["--headless=new", "--remote-debugging-port=0", `--user-data-dir=${profile}`];
  const quiet = ["--no-first-run", "--disable-background-networking", "--disable-sync", "--disable-gpu"];
  const sandbox = process.getuid?.() === 0 ? ["--no-sandbox"] : [];
  rmSync(path.join(profile, "DevToolsActivePort"), { force: true });
  // A group of its own, so that nothing of it is left.
  const child = spawn(chromiumPath() ?? chromium.executablePath(), [...args, ...quiet, ...sandbox], {
    detached: true,
    stdio: "ignore",
  });
  const port = await debuggingPort(path.join(profile, "DevToolsActivePort"));
  return { browser: await chromium.connectOverCDP(`http://127.0.0.1:${port}`), kill: () => kill(child) };
}

async function kill(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return;
  const ended = once(child, "exit");
  process.kill(-child.pid, "SIGKILL");
  await ended;
}

async function debuggingPort(file: string): Promise<string> {
  const deadline = Date.now() + startMilliseconds;
  for (;;) {
    try {
      const [port] = readFileSync(file, "utf8").split("\n");
      if (port) return port;
    } catch (error) {
      if (Date.now() > deadline) throw error;
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** A page in the browser's own profile: what other contexts keep goes with them. */
async function open({ browser }: Killable): Promise<Page> {
  const [context] = browser.contexts();
  if (!context) throw new Error("The browser has no profile.");
  return context.newPage();
}

async function makeList(page: Page, { frontDoorUrl }: RunningCloud): Promise<string> {
  await page.goto(`${frontDoorUrl}/en/todos`);
  await page.getByRole("button", { name: "New list" }).click();
  await page.getByRole("textbox", { name: "Name of the list" }).fill("Thousand");
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { name: "Thousand", level: 1 }).waitFor();
  await page.getByText("All saved").waitFor();
  return new URL(page.url()).pathname.split("/").at(-1) ?? "";
}

/** What the server holds, asked as a device that has nothing. */
async function titlesIn(cloud: RunningCloud, listId: string): Promise<string[]> {
  const headers = { authorization: `Bearer ${await signIn(cloud)}`, "content-type": "application/json" };
  const titles: string[] = [];
  for (let next: string | undefined, isFirst = true; isFirst || next; isFirst = false) {
    const body = JSON.stringify({ lists: [{ listId, seq: 0, ...(next ? { next } : {}) }] });
    const response = await fetch(`${cloud.frontDoorUrl}/api/sync/pull`, { method: "POST", headers, body });
    if (!response.ok) throw new Error(`A pull answered ${response.status}.`);
    const { deltas } = (await response.json()) as {
      deltas: readonly {
        list: { listId: string };
        todos: readonly { title: string; deletedAt: string | null }[];
        next?: string;
      }[];
    };
    const delta = deltas.find(({ list }) => list.listId === listId);
    titles.push(...(delta?.todos ?? []).filter((todo) => !todo.deletedAt).map(({ title }) => title));
    next = delta?.next;
  }
  return titles;
}
