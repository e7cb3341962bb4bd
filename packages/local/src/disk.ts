import { statfsSync } from "node:fs";
import type { Log } from "./cloud.ts";

/** Less than this and a database may break in the middle of a write. */
const NEEDED_BYTES = 200e6;
const CHECK_MS = 10_000;

/** @throws Error with one sentence when too little is left for the engines */
export function requireSpace(folder: string): void {
  const left = megabytesLeft(folder);
  if (left < NEEDED_BYTES / 1e6) {
    throw new Error(
      `The disk is full: ${left} MB are left for ${folder}, and the local cloud needs ${NEEDED_BYTES / 1e6} MB.`,
    );
  }
}

/**
 * Says it once when the disk fills up during a run: the engines only answer
 * with errors that name no reason.
 * @returns how to end that
 */
export function watchSpace(folder: string, log: Log): () => void {
  let isLow = false;
  const timer = setInterval(() => {
    const left = megabytesLeft(folder);
    const wasLow = isLow;
    isLow = left < NEEDED_BYTES / 1e6;
    if (isLow && !wasLow) {
      const message = `only ${left} MB are left: writes will fail until there is room`;
      log({ level: "error", source: "disk", message });
    }
  }, CHECK_MS);
  timer.unref();
  return () => clearInterval(timer);
}

function megabytesLeft(folder: string): number {
  const { bavail, bsize } = statfsSync(folder);
  return Math.floor((bavail * bsize) / 1e6);
}
