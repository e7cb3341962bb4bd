import type { Opening, SavedDraft } from "./autosave.ts";
import type { DeviceCopy } from "./device-draft.ts";
import { type DraftFields, isSameText } from "./draft-fields.ts";

/** What the server has of a draft. */
export interface StoredDraft extends SavedDraft {
  readonly fields: DraftFields;
}

/**
 * How a draft opens when an earlier tab of this device left a copy of it behind:
 * - `same`: the server has all of it
 * - `recovered`: the copy goes on where it stopped, also when only the server's answer got lost
 * - `differs`: the draft was saved elsewhere since; somebody has to choose
 */
export type Recovery =
  | { readonly kind: "same"; readonly opening: Opening }
  | { readonly kind: "recovered"; readonly opening: Opening }
  | { readonly kind: "differs"; readonly opening: Opening; readonly theirs: StoredDraft };

export function recover(stored: StoredDraft | undefined, copy: DeviceCopy): Recovery {
  const { fields, pending, createKey } = copy;
  if (!stored) {
    // Not created as far as this device knows. The same key finds what was created all the same.
    return { kind: "recovered", opening: { fields, saved: undefined, leftover: { pending, createKey } } };
  }
  const saved = { postId: stored.postId, revision: stored.revision };
  if (isSameText(stored.fields, fields)) return { kind: "same", opening: { fields: stored.fields, saved } };
  const isAsKnown = stored.revision === copy.saved?.revision;
  const isOwnSave = pending !== undefined && isSameText(stored.fields, pending);
  if (isAsKnown || isOwnSave)
    return {
      kind: "recovered",
      opening: { fields, saved, leftover: { pending: isOwnSave ? undefined : pending, createKey } },
    };
  // Based on what it knew, so that saving it is refused until somebody has chosen.
  return {
    kind: "differs",
    opening: { fields, saved: copy.saved ?? saved, leftover: { pending: undefined, createKey } },
    theirs: stored,
  };
}
