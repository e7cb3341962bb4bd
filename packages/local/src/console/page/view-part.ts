import type { Store } from "./store.ts";

/** One view of the console. It is made when it is opened. */
export interface ViewPart {
  readonly element: HTMLElement;
  /** Called when the store has changed while it is shown. */
  update(): void;
  /** Called when another view takes its place. */
  close?(): void;
}

export interface View {
  /** The part of the address after the hash, for instance `queues`. */
  readonly path: string;
  readonly title: string;
  open(store: Store, argument: string | undefined): ViewPart;
}
