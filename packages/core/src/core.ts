import type { Actor } from "./actor.ts";
import { type Id, type IdNoun, newId } from "./id.ts";
import type { Locale } from "./locale.ts";
import type { Table } from "./table.ts";

/** Who calls and from where, as the transport knows it. Nothing in it grants anything. */
export interface Caller {
  /** The client's address, or the network of its household. */
  readonly address: string;
  /** What the program calls itself, for people to recognise it by: `Chrome · macOS`. */
  readonly device: string;
  /** The sign-in that the token came from. */
  readonly sessionId?: string | undefined;
  /** The token as it was sent, for a pool that wants to see it. */
  readonly accessToken?: string | undefined;
}

/**
 * What every verb takes first: the few things that differ between a Lambda function,
 * a command and a test. It holds no credentials of the site and reads no environment.
 */
export interface Core {
  /** Entities are made from it where they are declared. */
  readonly table: Table;
  /** The language to answer in. */
  readonly locale: Locale;
  /** Absent for events and commands. */
  readonly caller?: Caller;
  now(): Date;
  newId<N extends IdNoun>(noun: N): Id<N>;
}

/** A core on behalf of somebody. Verbs that are not public take this one. */
export interface ActorCore extends Core {
  readonly actor: Actor;
}

interface CoreOptions {
  readonly table: Table;
  readonly locale: Locale;
  readonly caller?: Caller;
  /** The clock; the machine's when absent. */
  readonly now?: () => Date;
}

/**
 * Builds a core. It is cheap: each request has its own. Tests hand in their own clock.
 * `options.table` is read at the first use, so that a function without a table needs none.
 */
export function createCore(options: CoreOptions): Core;
export function createCore(options: CoreOptions & { readonly actor: Actor }): ActorCore;
export function createCore(options: CoreOptions & { readonly actor?: Actor }): Core {
  const { locale, actor, caller, now = () => new Date() } = options;
  return {
    get table() {
      return options.table;
    },
    locale,
    now,
    newId: (noun) => newId(noun, now()),
    ...(actor ? { actor } : {}),
    ...(caller ? { caller } : {}),
  };
}
