import type { ActorCore } from "@haru/core/core";
import type { ListId } from "@haru/core/id";
import { operation } from "@haru/core/operation";
import { listsOf } from "@haru/core/todo/mutation.contract";
import { push } from "@haru/core/todo/push";
import { readItem } from "@haru/core/todo/run";
import { type Outcome, syncRoutes } from "@haru/core/todo/sync.contract";
import { logger } from "./log.ts";
import { sendAll, socketsOfList } from "./sockets.ts";

/**
 * Pushes, and pokes the other devices before it answers: the table's stream, which pokes them too,
 * is read about four times a second. A poke that fails here is left to the stream, as is one for
 * whoever comes while the change is being written.
 */
export const pushAndTell = operation(syncRoutes.push.input, async (core: ActorCore, input) => {
  const expected = firstListOf(input.mutations);
  // Nobody has to wait for the answer to who listens until the change is there.
  const early = expected && socketsOfList(core, expected).catch(() => []);
  const answer = await push(core, input);
  try {
    for (const [listId, seq] of seqsOf(answer.outcomes)) {
      const found = listId === expected ? await early : undefined;
      // A list that was made only now had nobody before.
      const sockets = found?.length ? found : await socketsOfList(core, listId);
      const poke = { topic: "list", id: listId, seq } as const;
      await sendAll(
        core,
        sockets.map((connectionId) => ({ connectionId, poke })),
      );
    }
  } catch (error) {
    logger.warn("Devices could not be told at once what changed", { error });
  }
  return answer;
});

/** Where the push will most likely change something: a device's changes are mostly of one list. */
function firstListOf([first]: readonly Parameters<typeof readItem>[0][]): ListId | undefined {
  const mutation = first && readItem(first).mutation;
  return mutation && listsOf(mutation)[0];
}

/** The number that each list has after a push. */
function seqsOf(outcomes: readonly Outcome[]): ReadonlyMap<ListId, number> {
  const seqs = new Map<ListId, number>();
  for (const outcome of outcomes) {
    if (outcome.outcome !== "accepted") continue;
    for (const [listId, seq] of Object.entries(outcome.seqs))
      seqs.set(listId as ListId, Math.max(seq, seqs.get(listId as ListId) ?? 0));
  }
  return seqs;
}
