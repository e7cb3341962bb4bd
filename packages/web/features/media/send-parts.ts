import { ApiError } from "@haru/core/client";
import type { MissingParts } from "@haru/core/media/upload.contract";
import { type Sending, sendPart } from "./send-file.ts";

/** What the server is asked about one upload in parts. */
export interface PartServer {
  missing(signal: AbortSignal): Promise<MissingParts>;
  complete(signal: AbortSignal): Promise<unknown>;
}

export interface PartSending extends Sending {
  /** Called when nothing goes on for a while, and when something does again. */
  readonly onPause: (isPaused: boolean) => void;
}

const sentAtOnce = 3;
/** In a row, without one part that arrived: about two minutes of a lost connection. */
const mostFailures = 8;
const firstPauseMilliseconds = 1_000;
const longestPauseMilliseconds = 30_000;
/** Of an address's life: a part that begins late still has to get there. */
const usedShareOfLife = 0.8;

/**
 * Sends a file in parts, some of them at a time. The server says what is missing, so that a lost connection,
 * or another try long after, costs only the parts that were under way.
 * @throws what the server answered, what became of the last part, or the signal's reason
 */
export async function sendParts(
  file: Blob,
  partBytes: number,
  server: PartServer,
  sending: PartSending,
): Promise<void> {
  const { signal, onPause } = sending;
  for (let failures = 0; ; ) {
    try {
      const missing = await server.missing(signal);
      onPause(false);
      if (missing.parts.length === 0) return void (await server.complete(signal));
      await sendRound(file, partBytes, missing, sending);
      failures = 0;
    } catch (error) {
      signal.throwIfAborted();
      if (!mayPass(error) || ++failures === mostFailures) throw error;
      onPause(true);
      await pause(Math.min(firstPauseMilliseconds * 2 ** (failures - 1), longestPauseMilliseconds), signal);
    }
  }
}

/**
 * Sends parts until all have arrived, one did not, or their addresses are about to end.
 * @throws what became of a part, when none arrived
 */
async function sendRound(
  file: Blob,
  partBytes: number,
  { parts, expiresInSeconds }: MissingParts,
  { signal, onProgress }: Sending,
): Promise<void> {
  const until = performance.now() + expiresInSeconds * 1000 * usedShareOfLife;
  const waiting = [...parts];
  const arrivedBefore = file.size - parts.reduce((sum, { bytes }) => sum + bytes, 0);
  const sent = new Map<number, number>();
  const tell = (number: number, bytes: number) => {
    sent.set(number, bytes);
    onProgress([...sent.values()].reduce((sum, each) => sum + each, arrivedBefore) / file.size);
  };
  const failed: unknown[] = [];
  let arrived = 0;

  async function work(): Promise<void> {
    while (failed.length === 0 && performance.now() < until) {
      const part = waiting.shift();
      if (!part) return;
      const { number, bytes, url } = part;
      const from = (number - 1) * partBytes;
      try {
        const onPartProgress = (share: number) => tell(number, share * bytes);
        await sendPart(file.slice(from, from + bytes), url, { signal, onProgress: onPartProgress });
        arrived++;
      } catch (error) {
        tell(number, 0);
        failed.push(error);
      }
    }
  }

  await Promise.all(Array.from({ length: sentAtOnce }, work));
  if (failed.length > 0 && arrived === 0) throw failed[0];
}

/** Whether it may go well another time: the bucket did not get a part, or the server was not reached. */
function mayPass(error: unknown): boolean {
  return (
    !(error instanceof ApiError) ||
    ["conflict", "internal", "rate_limited", "unavailable"].includes(error.code)
  );
}

/** Waits, and no longer than until the device says that it has a connection again. */
function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const end = () => {
      clearTimeout(timer);
      removeEventListener("online", end);
      signal.removeEventListener("abort", end);
      resolve();
    };
    const timer = setTimeout(end, milliseconds);
    addEventListener("online", end);
    signal.addEventListener("abort", end);
  });
}
