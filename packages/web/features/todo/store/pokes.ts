import type { ListId } from "@haru/core/id";
import type { Poke } from "@haru/core/realtime/realtime.contract";
import type { Outcome } from "@haru/core/todo/sync.contract";

/**
 * What pokes told and the copies do not have yet. Each change is told twice, also to the device that made
 * it: most pokes tell nothing new, or something that an answer on its way will bring.
 * @param seqOf the number that the copy of a list has, 0 without one
 */
export function hearPokes(seqOf: (listId: ListId) => number) {
  const told = new Map<ListId, number>();
  /** How far lists go with nothing but this device's own changes behind their copies. */
  const own = new Map<ListId, number>();
  const known = (listId: ListId) => Math.max(seqOf(listId), own.get(listId) ?? 0);

  function areAhead(): boolean {
    for (const [listId, seq] of told) if (known(listId) >= seq) told.delete(listId);
    return told.size > 0;
  }

  function isNext(listId: ListId, seq: number): boolean {
    if (seq > known(listId) + 1) return false;
    own.set(listId, Math.max(seq, known(listId)));
    return true;
  }

  return {
    /** @returns whether the server knows something that is not here */
    hear({ topic, id, seq }: Poke): boolean {
      if (topic !== "list") return false;
      // Somebody came or went, and the list's number does not say it.
      if (seq === 0) return true;
      const listId = id as ListId;
      if (known(listId) >= seq) return false;
      told.set(listId, Math.max(seq, told.get(listId) ?? 0));
      return true;
    },
    areAhead,
    /**
     * Hears what became of this device's own changes.
     * @returns whether they are all that the server knows beside what is here
     */
    areOnlyOwn(outcomes: readonly Outcome[]): boolean {
      return outcomes.every(
        (one) =>
          one.outcome === "accepted" &&
          Object.entries(one.seqs).every(([listId, seq]) => isNext(listId as ListId, seq)),
      );
    },
    /** To be called before a pull is asked: it brings what was told so far, or the list is no longer the person's. */
    forget(): void {
      told.clear();
      own.clear();
    },
  };
}
