import { ApiError, type Client } from "@haru/core/client";
import type { contracts } from "@haru/core/routes";
import type { ImportNote, PlannedPost } from "@haru/core/transfer/plan";
import type { ImportOutcome } from "@haru/core/transfer/transfer.contract";

export interface ImportReport {
  readonly outcomes: Readonly<Record<ImportOutcome, readonly PlannedPost[]>>;
  readonly failed: readonly ImportNote[];
}

interface Run {
  readonly api: Pick<Client<typeof contracts>, "transfer">;
  /** Says what would happen and changes nothing. */
  readonly isRehearsal: boolean;
  readonly onProgress: (done: number) => void;
}

/**
 * Sends posts one after another in the order in which readers saw them change, so that lists and tags
 * come out as they were. What fails does not keep the others from being imported, and the whole can be
 * run again: what is there already stays.
 * @throws ApiError `unauthenticated` and `forbidden`, which no later post would fare better with
 */
export async function runImport(
  posts: readonly PlannedPost[],
  { api, isRehearsal, onProgress }: Run,
): Promise<ImportReport> {
  const outcomes: Record<ImportOutcome, PlannedPost[]> = {
    imported: [],
    updated: [],
    unchanged: [],
    edited: [],
  };
  const failed: ImportNote[] = [];
  const inOrder = posts.toSorted((a, b) => momentOf(a).localeCompare(momentOf(b)));
  for (const [index, planned] of inOrder.entries()) {
    try {
      const { outcome } = await api.transfer.importPost({ ...planned.post, isRehearsal });
      outcomes[outcome].push(planned);
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      if (error.code === "unauthenticated" || error.code === "forbidden") throw error;
      const sentences = Object.values(error.fields ?? {}).flat();
      failed.push({ path: planned.path, reason: sentences.join(" ") || error.message });
    }
    onProgress(index + 1);
  }
  return { outcomes, failed };
}

function momentOf({ post: { updatedAt, publishedAt = "" } }: PlannedPost): string {
  return updatedAt ?? publishedAt;
}
