import type { SavedDraft } from "./autosave.ts";
import type { DraftFields } from "./draft-fields.ts";

/** A draft as this device last knew it. It stands only while the server may not have all of it. */
export interface DeviceCopy {
  /** What the writing is based on; absent for a draft that the server does not know yet. */
  readonly saved: SavedDraft | undefined;
  readonly fields: DraftFields;
  /** Sent to the server without an answer yet. */
  readonly pending: DraftFields | undefined;
  /** Names the creation, so that it happens once however often it is tried. */
  readonly createKey: string;
}

/** Where one open draft keeps its copy on this device. Neither call throws. */
export interface DeviceDraft {
  /** Ends when the device has this copy or a newer one, or has refused. */
  keep(copy: DeviceCopy): Promise<void>;
  forget(): Promise<void>;
}

/** Writes or removes the one copy of a draft; a write that is called later also ends later. */
export interface CopyStore {
  write(copy: DeviceCopy): Promise<void>;
  remove(): Promise<void>;
}

/**
 * Keeps the latest copy and no queue of older ones: while one is written, only the newest of those that
 * follow waits.
 * @param onFailure told once when the device refuses, for instance because its storage is full
 */
export function deviceDraft(store: CopyStore, onFailure: (error: unknown) => void): DeviceDraft {
  let next: { readonly write: () => Promise<void>; readonly end: PromiseWithResolvers<void> } | undefined;
  let isRunning = false;

  async function run(): Promise<void> {
    isRunning = true;
    while (next) {
      const { write, end } = next;
      next = undefined;
      await write().catch(onFailure);
      end.resolve();
    }
    isRunning = false;
  }

  function order(write: () => Promise<void>): Promise<void> {
    const end = next?.end ?? Promise.withResolvers<void>();
    next = { write, end };
    if (!isRunning) run();
    return end.promise;
  }

  return {
    keep: (copy) => order(() => store.write(copy)),
    forget: () => order(() => store.remove()),
  };
}
