import { createHash } from "node:crypto";
import type { ActorCore } from "../core.ts";
import { AppError, type ErrorCode } from "../errors.ts";
import type { Id } from "../id.ts";
import { ruleSentence } from "../sentences.ts";
import type { Change } from "./mutation.contract.ts";
import { push } from "./push.ts";
import type { Refusal } from "./sync.contract.ts";

/** More than any list's number: whoever asks the API has no copy, and sees what the server has. */
const everything = Number.MAX_SAFE_INTEGER;

const codes: Readonly<Record<Refusal, ErrorCode>> = {
  invalid: "unprocessable",
  not_found: "not_found",
  read_only: "forbidden",
  exists: "conflict",
  edited_elsewhere: "precondition_failed",
  moved: "not_found",
  full: "unprocessable",
};

/** What names a request: with the same key it names the same things, so that sent again it does nothing again. */
interface Keyed {
  readonly idempotencyKey?: string | undefined;
}

/**
 * Makes one change for somebody who keeps no copy, through the protocol that devices use.
 * @param ifMatch the number that the todo, or the list, must still have
 * @throws AppError for a change that was refused
 */
export async function makeChange(
  core: ActorCore,
  change: Change,
  { idempotencyKey, ifMatch }: Keyed & { readonly ifMatch?: number | undefined } = {},
): Promise<void> {
  const mutationId = keyedId(core, "mutation", { idempotencyKey });
  const { outcomes } = await push(core, {
    deviceId: apiDeviceOf(core),
    mutations: [
      { ...change, mutationId, seen: ifMatch ?? everything, ...(ifMatch === undefined ? {} : { ifMatch }) },
    ],
  });
  const [outcome] = outcomes;
  if (outcome?.outcome !== "refused") return;
  const { reason } = outcome;
  if (reason !== "full") throw new AppError(codes[reason]);
  const rule = change.name === "list.create" ? "many_lists" : "list_full_of_todos";
  throw new AppError(codes.full, { message: ruleSentence(rule, core.locale) });
}

/** An id that follows from the key, or a new one where the client sent none. */
export function keyedId<N extends "mutation" | "list" | "todo">(
  core: ActorCore,
  noun: N,
  { idempotencyKey }: Keyed,
): Id<N> {
  const drawn = core.newId(noun);
  return idempotencyKey === undefined ? drawn : derived(drawn, [core.actor.accountId, idempotencyKey]);
}

/** To the protocol, all that somebody does without a copy comes from one device. */
function apiDeviceOf(core: ActorCore): Id<"device"> {
  return derived(core.newId("device"), [core.actor.accountId]);
}

const idLength = 26;
const alphabet = "0123456789abcdefghjkmnpqrstvwxyz";

/** An id like the given one, of which the letters follow from some words and the prefix. */
function derived<I extends string>(like: I, words: readonly string[]): I {
  const prefix = like.slice(0, like.indexOf("_") + 1);
  const digest = createHash("sha256")
    .update([prefix, ...words].join("\n"))
    .digest();
  const letters = [...digest.subarray(0, idLength)].map((byte) => alphabet[byte & 31]);
  // The first letter of a drawn id is part of a time; the everyday list's mark must not come up.
  return `${prefix}0${letters.slice(1).join("")}` as I;
}
