import type { ActorCore } from "@haru/core/core";
import type { ListId } from "@haru/core/id";
import { push } from "@haru/core/todo/push";
import type { Outcome } from "@haru/core/todo/sync.contract";
import { logger } from "./log.ts";
import { listTellings, tell } from "./sockets.ts";

/**
 * Pushes, and pokes the other devices before it answers: the table's stream, which pokes them too,
 * is read about four times a second. A poke that fails here is left to the stream.
 */
export async function pushAndTell(core: ActorCore, input: Parameters<typeof push>[1]) {
  const answer = await push(core, input);
  try {
    await tell(core, await listTellings(core, seqsOf(answer.outcomes)));
  } catch (error) {
    logger.warn("Devices could not be told at once what changed", { error });
  }
  return answer;
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
