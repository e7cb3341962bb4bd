import { ApiError } from "@haru/core/client";
import type { FieldErrors } from "@haru/core/errors";
import type { DeviceCopy, DeviceDraft } from "./device-draft.ts";
import { type DraftFields, isSameText } from "./draft-fields.ts";

/** What the server answers to a save. */
export interface SavedDraft {
  readonly postId: string;
  readonly revision: number;
}

export interface DraftServer {
  /** @param key the same for each try, so that a lost answer does not make a second draft */
  create(fields: DraftFields, key: string): Promise<SavedDraft>;
  update(saved: SavedDraft, fields: DraftFields, options: UpdateOptions): Promise<SavedDraft>;
}

interface UpdateOptions {
  /** What this replaces was written elsewhere: the server keeps it among the revisions. */
  readonly keepReplaced: boolean;
}

/**
 * - `idle`: nothing was written yet
 * - `changed`, `saving`, `saved`: the usual round
 * - `waiting`: the server could not be reached; it is tried again by itself
 * - `refused`: something written cannot be saved as it is; see `fieldErrors`
 * - `conflict`: the draft was saved elsewhere; somebody has to choose
 * - `signed_out`: the session has ended
 */
export type SaveState =
  | "idle"
  | "changed"
  | "saving"
  | "saved"
  | "waiting"
  | "refused"
  | "conflict"
  | "signed_out";

export interface SaveStatus {
  readonly state: SaveState;
  readonly saved: SavedDraft | undefined;
  readonly fieldErrors: FieldErrors;
  readonly message: string | undefined;
}

/** Runs something later; the answer cancels it. The browser's timers, or a test's. */
export type Schedule = (milliseconds: number, run: () => void) => () => void;

/** What a draft is when it is opened. */
export interface Opening {
  readonly fields: DraftFields;
  /** What the server has, absent for a draft that it does not know. */
  readonly saved: SavedDraft | undefined;
  /** What an earlier tab on this device left behind; see `recovery.ts`. */
  readonly leftover?: Pick<DeviceCopy, "pending" | "createKey">;
}

const pauseMilliseconds = 800;
const longestUnsavedMilliseconds = 4_000;
const firstRetryMilliseconds = 2_000;
const longestRetryMilliseconds = 30_000;

/**
 * Saves a draft while it is written: to this device with each change, to the server after each pause
 * and at the latest every four seconds. One save is under way at a time, each based on the revision
 * that the last one gave, and one whose answer got lost is sent again as it was before anything newer
 * is. So a draft can never be in conflict with itself; what is written meanwhile is saved next.
 */
export class Autosave {
  readonly #server: DraftServer;
  readonly #device: DeviceDraft;
  readonly #schedule: Schedule;
  readonly #listeners = new Set<() => void>();
  #fields: DraftFields;
  #stored: DraftFields | undefined;
  /** Sent without an answer yet: the server may have it or not. */
  #pending: DraftFields | undefined;
  #status: SaveStatus;
  #cancelPause: (() => void) | undefined;
  #cancelDeadline: (() => void) | undefined;
  #running: Promise<void> | undefined;
  #retryMilliseconds = firstRetryMilliseconds;
  #key: string;
  #replacesOthers = false;

  constructor(server: DraftServer, device: DeviceDraft, opening: Opening, schedule: Schedule) {
    const { fields, saved, leftover } = opening;
    this.#server = server;
    this.#device = device;
    this.#schedule = schedule;
    this.#fields = fields;
    this.#stored = leftover ? undefined : fields;
    this.#pending = leftover?.pending;
    this.#key = leftover?.createKey ?? crypto.randomUUID();
    const state = leftover ? "changed" : saved ? "saved" : "idle";
    this.#status = { state, saved, fieldErrors: {}, message: undefined };
    if (leftover) this.#plan();
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  readonly status = (): SaveStatus => this.#status;

  get fields(): DraftFields {
    return this.#fields;
  }

  /** True while something that was written is not on the server. */
  get isUnsaved(): boolean {
    return this.#fields !== this.#stored;
  }

  change(fields: DraftFields): void {
    this.#fields = fields;
    this.#keepOnDevice();
    if (this.#status.state === "conflict") return;
    this.#plan();
    if (!this.#running && this.#status.state !== "waiting") this.#set({ state: "changed" });
  }

  /** Saves at once. True when the server then has all that was written. */
  async saveNow(): Promise<boolean> {
    while (this.isUnsaved || this.#running) {
      await (this.#running ?? this.#save());
      if (this.#status.state !== "saved" && this.#status.state !== "changed") return false;
    }
    return this.#status.saved !== undefined;
  }

  /** After a conflict: keeps what is written here and saves it over the other revision. */
  keepMine(theirs: SavedDraft): Promise<boolean> {
    this.#replacesOthers = true;
    this.#pending = undefined;
    this.#stored = undefined;
    this.#set({ state: "changed", saved: theirs });
    return this.saveNow();
  }

  /** After a conflict: goes on with what was saved elsewhere. */
  takeTheirs(theirs: SavedDraft, fields: DraftFields): void {
    this.#clearTimers();
    this.#fields = fields;
    this.#stored = fields;
    this.#pending = undefined;
    this.#device.forget();
    this.#set({ state: "saved", saved: theirs, fieldErrors: {}, message: undefined });
  }

  /** Publishing and the like give the draft a state that was not written here. */
  noteSaved(saved: SavedDraft): void {
    this.#set({ saved });
  }

  stop(): void {
    this.#clearTimers();
    this.#listeners.clear();
  }

  readonly #begin = (): void => {
    if (!this.#running && this.isUnsaved) this.#save();
  };

  #plan(): void {
    this.#cancelPause?.();
    this.#cancelPause = this.#schedule(pauseMilliseconds, this.#begin);
    this.#cancelDeadline ??= this.#schedule(longestUnsavedMilliseconds, this.#begin);
  }

  #save(): Promise<void> {
    this.#clearTimers();
    this.#running = this.#send().finally(() => {
      this.#running = undefined;
    });
    return this.#running;
  }

  async #send(): Promise<void> {
    const sent = this.#pending ?? this.#fields;
    const { saved } = this.#status;
    this.#pending = sent;
    this.#set({ state: "saving", fieldErrors: {}, message: undefined });
    // First here, so that the next tab knows of a save that outlived this one.
    await this.#keepOnDevice();
    try {
      const answer = await (saved
        ? this.#server.update(saved, sent, { keepReplaced: this.#replacesOthers })
        : this.#server.create(sent, this.#key));
      this.#pending = undefined;
      this.#replacesOthers = false;
      this.#retryMilliseconds = firstRetryMilliseconds;
      const isAllSaved = isSameText(this.#fields, sent);
      this.#stored = isAllSaved ? this.#fields : sent;
      this.#set({ state: isAllSaved ? "saved" : "changed", saved: answer });
      if (isAllSaved) this.#device.forget();
      else {
        this.#keepOnDevice();
        this.#cancelPause = this.#schedule(pauseMilliseconds, this.#begin);
      }
    } catch (error) {
      this.#fail(error);
    }
  }

  #fail(error: unknown): void {
    if (!(error instanceof ApiError)) {
      this.#retry(undefined);
      return;
    }
    const { code, message, fields } = error;
    if (code === "unavailable" || code === "internal" || code === "rate_limited") {
      this.#retry(message);
      return;
    }
    if (code === "unauthenticated") {
      this.#set({ state: "signed_out", message });
      return;
    }
    // The server has decided: what was sent is not there and will not be.
    this.#pending = undefined;
    if (code === "conflict" && !fields) this.#set({ state: "conflict", message });
    else {
      // Other words are another request, which must not be taken for this one.
      this.#key = crypto.randomUUID();
      this.#set({ state: "refused", fieldErrors: fields ?? {}, message });
    }
    this.#keepOnDevice();
  }

  #retry(message: string | undefined): void {
    this.#set({ state: "waiting", message });
    this.#cancelPause = this.#schedule(this.#retryMilliseconds, this.#begin);
    this.#retryMilliseconds = Math.min(this.#retryMilliseconds * 2, longestRetryMilliseconds);
  }

  #keepOnDevice(): Promise<void> {
    return this.#device.keep({
      saved: this.#status.saved,
      fields: this.#fields,
      pending: this.#pending,
      createKey: this.#key,
    });
  }

  #clearTimers(): void {
    this.#cancelPause?.();
    this.#cancelDeadline?.();
    this.#cancelPause = undefined;
    this.#cancelDeadline = undefined;
  }

  #set(change: Partial<SaveStatus>): void {
    this.#status = { ...this.#status, ...change };
    for (const listener of this.#listeners) listener();
  }
}
