import type { Entry } from "@haru/core/todo/replica.contract";
import type { Overwriting } from "./database.ts";
import type { ViewedList } from "./view.ts";

/** How things stand between this device and the server. Never better than they are. */
export type SyncState = "starting" | "offline" | "syncing" | "synced" | "signed_out" | "trouble";

export interface Snapshot {
  /** False until what this browser keeps was read. */
  readonly isLoaded: boolean;
  readonly lists: readonly ViewedList[];
  /** Changes that the server has not answered. */
  readonly waiting: number;
  /** Changes that this browser could not store: they live as long as the page. */
  readonly unsaved: number;
  readonly refused: readonly Entry[];
  /** What changes of two devices at once replaced in the last 30 days, the newest last. */
  readonly overwritings: readonly Overwriting[];
  readonly sync: SyncState;
}

/** Before anything was read. */
export const emptySnapshot: Snapshot = {
  isLoaded: false,
  lists: [],
  waiting: 0,
  unsaved: 0,
  refused: [],
  overwritings: [],
  sync: "starting",
};
