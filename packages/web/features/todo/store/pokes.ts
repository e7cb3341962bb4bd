import type { ListId } from "@haru/core/id";
import type { Poke } from "@haru/core/realtime/realtime.contract";

/**
 * What pokes told and the copies do not have yet. Each change is told twice, also to the device that made
 * it: most pokes tell nothing new, or something that an answer on its way will bring.
 * @param seqOf the number that the copy of a list has, 0 without one
 */
export function hearPokes(seqOf: (listId: ListId) => number) {
  const told = new Map<ListId, number>();

  function areAhead(): boolean {
    for (const [listId, seq] of told) if (seqOf(listId) >= seq) told.delete(listId);
    return told.size > 0;
  }

  return {
    /** @returns whether the server knows something that is not here */
    hear({ topic, id, seq }: Poke): boolean {
      if (topic !== "list") return false;
      // Somebody came or went, and the list's number does not say it.
      if (seq === 0) return true;
      const listId = id as ListId;
      if (seqOf(listId) >= seq) return false;
      told.set(listId, Math.max(seq, told.get(listId) ?? 0));
      return true;
    },
    areAhead,
    /** To be called before a pull is asked: it brings what was told so far, or the list is no longer the person's. */
    forget: () => told.clear(),
  };
}
