import type { Locale } from "../locale.ts";

/** What a push message says to the service worker of the todo app, as JSON. */
export interface PushMessage {
  readonly title: string;
  readonly body: string;
  readonly lang: Locale;
  /** Notifications of one tag take each other's place: what came twice is seen once. */
  readonly tag: string;
  /** Path and fragment of the todo on this site. */
  readonly path: string;
}
