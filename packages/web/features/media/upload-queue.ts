import { ApiError } from "@haru/core/client";
import type { Media } from "@haru/core/media/media.contract";
import { type acceptedTypes, maxUploadBytes } from "@haru/core/media/upload.contract";
import { contentTypeOf } from "./content-type.ts";
import type { UploadSending } from "./upload-file.ts";

/** `queued` and `sending` here, `processing` there; `refused` is an answer, `failed` may be tried again. */
export type UploadState = "queued" | "sending" | "processing" | "ready" | "refused" | "failed";

export interface Upload {
  readonly id: string;
  readonly name: string;
  /** Shows the file of this device at once. */
  readonly localUrl: string;
  readonly state: UploadState;
  /** Of what was sent, 0 to 1. */
  readonly progress: number;
  /** Known once the server has made room. */
  readonly media: Media | undefined;
  /** Why it was refused, failed or waits, for the person. */
  readonly message: string | undefined;
}

/** What the queue asks of the server. */
export interface UploadServer {
  /** Sends a file. Under the same key another try goes on where the earlier one was. */
  send(
    file: File,
    contentType: (typeof acceptedTypes)[number],
    idempotencyKey: string,
    sending: UploadSending,
  ): Promise<void>;
  readMany(mediaIds: readonly string[]): Promise<readonly Media[]>;
  remove(mediaId: string): Promise<void>;
}

export interface QueueTexts {
  readonly notAPicture: string;
  readonly empty: string;
  readonly tooLarge: string;
  readonly failed: string;
  readonly paused: string;
}

type Listener = () => void;
type Held = Upload & { readonly file: File; readonly key: string; readonly abort: AbortController };

const sentAtOnce = 3;
const firstPollMilliseconds = 500;
const longestPollMilliseconds = 4_000;
const polledAtOnce = 50;

/**
 * Files on their way to becoming pictures: a few are sent at a time, each can be cancelled and
 * tried again, and what the server makes of them is asked for until it is known: whenever it says
 * that something changed, and now and then, because it may not be heard.
 */
export class UploadQueue {
  readonly #server: UploadServer;
  readonly #texts: QueueTexts;
  readonly #listeners = new Set<Listener>();
  #held: readonly Held[] = [];
  #poll: ReturnType<typeof setTimeout> | undefined;
  #pollMilliseconds = firstPollMilliseconds;

  constructor(server: UploadServer, texts: QueueTexts) {
    this.#server = server;
    this.#texts = texts;
  }

  readonly uploads = (): readonly Upload[] => this.#held;

  readonly subscribe = (listener: Listener): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** Takes files in their order. What cannot become a picture is refused here, before anything is sent. */
  add(files: Iterable<File>): readonly Upload[] {
    const added = [...files].map((file): Held => {
      const message = this.#refusalOf(file);
      return {
        id: crypto.randomUUID(),
        key: crypto.randomUUID(),
        name: file.name,
        file,
        localUrl: URL.createObjectURL(file),
        state: message === undefined ? "queued" : "refused",
        progress: 0,
        media: undefined,
        message,
        abort: new AbortController(),
      };
    });
    this.#set([...this.#held, ...added]);
    this.#fill();
    return added;
  }

  /** Ends an upload, wherever it is, and takes it off the list. */
  cancel(id: string): void {
    const held = this.#held.find((one) => one.id === id);
    if (!held) return;
    held.abort.abort();
    const isUnfinished = held.state !== "ready" && held.media !== undefined;
    // What stays after a failure is taken away by the sweep.
    if (isUnfinished && held.media) this.#server.remove(held.media.mediaId).catch(() => {});
    this.dismiss(id);
    this.#fill();
  }

  /** Takes a finished upload off the list. */
  dismiss(id: string): void {
    const held = this.#held.find((one) => one.id === id);
    if (held) URL.revokeObjectURL(held.localUrl);
    this.#set(this.#held.filter((one) => one.id !== id));
  }

  retry(id: string): void {
    this.#change(id, { state: "queued", progress: 0, message: undefined, abort: new AbortController() });
    this.#fill();
  }

  /** Asks at once what became of pictures, where any are on their way. */
  look(): void {
    clearTimeout(this.#poll);
    void this.#ask();
  }

  stop(): void {
    clearTimeout(this.#poll);
    for (const { abort, localUrl } of this.#held) {
      abort.abort();
      URL.revokeObjectURL(localUrl);
    }
  }

  #refusalOf(file: File): string | undefined {
    if (!contentTypeOf(file)) return this.#texts.notAPicture;
    if (file.size === 0) return this.#texts.empty;
    return file.size > maxUploadBytes ? this.#texts.tooLarge : undefined;
  }

  #fill(): void {
    const sending = this.#held.filter(({ state }) => state === "sending").length;
    const next = this.#held.filter(({ state }) => state === "queued").slice(0, sentAtOnce - sending);
    for (const held of next) void this.#send(held);
  }

  async #send(held: Held): Promise<void> {
    const { id, file, key, abort } = held;
    const contentType = contentTypeOf(file);
    if (!contentType) return;
    this.#change(id, { state: "sending" });
    try {
      await this.#server.send(file, contentType, key, {
        signal: abort.signal,
        onBegun: (media) => this.#change(id, { media }),
        onProgress: (progress) => this.#change(id, { progress }),
        onPause: (isPaused) => this.#change(id, { message: isPaused ? this.#texts.paused : undefined }),
      });
      this.#change(id, { state: "processing", progress: 1 });
      this.#pollMilliseconds = firstPollMilliseconds;
      this.#pollSoon();
    } catch (error) {
      if (abort.signal.aborted) return;
      const message = error instanceof ApiError ? error.message : this.#texts.failed;
      this.#change(id, { state: "failed", message });
    }
    this.#fill();
  }

  #pollSoon(): void {
    clearTimeout(this.#poll);
    this.#poll = setTimeout(() => void this.#ask(), this.#pollMilliseconds);
  }

  async #ask(): Promise<void> {
    const waiting = this.#held.filter(({ state }) => state === "processing").slice(0, polledAtOnce);
    if (waiting.length === 0) return;
    try {
      const known = await this.#server.readMany(waiting.flatMap(({ media }) => media?.mediaId ?? []));
      for (const { id, media } of waiting) {
        const now = known.find(({ mediaId }) => mediaId === media?.mediaId);
        if (now?.state === "ready" || now?.state === "refused")
          this.#change(id, { media: now, state: now.state });
      }
    } catch {
      // Asked again below: being away for a while is no answer.
    }
    this.#pollMilliseconds = Math.min(this.#pollMilliseconds * 1.4, longestPollMilliseconds);
    this.#pollSoon();
  }

  #change(id: string, changed: Partial<Held>): void {
    this.#set(this.#held.map((held) => (held.id === id ? { ...held, ...changed } : held)));
  }

  #set(held: readonly Held[]): void {
    this.#held = held;
    for (const listener of this.#listeners) listener();
  }
}
