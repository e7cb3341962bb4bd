import { existsSync } from "node:fs";
import path from "node:path";

/** The first one has no window to draw, which costs the processor a third less than a whole browser without a screen. */
const names = [
  "chromium-headless-shell",
  "chromium",
  "chromium-browser",
  "google-chrome",
  "google-chrome-stable",
];

/** A browser of the system, wherever it is; undefined when there is none, and Playwright's own is meant. */
export function chromiumPath(): string | undefined {
  const folders = (process.env.PATH ?? "").split(path.delimiter);
  const candidates = names.flatMap((name) => folders.map((folder) => path.join(folder, name)));
  return [process.env.CHROMIUM_PATH, ...candidates].find((file) => file && existsSync(file));
}
