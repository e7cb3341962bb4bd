import { mediaGarbage } from "./media.entity.ts";
import { deleteBelow, type ObjectCore } from "./objects.ts";
import { abortMultipart } from "./parts.ts";

const rowsAtOnce = 100;

/**
 * Deletes files that nothing shows any more. A row goes after its files, so that a crash in
 * between is finished by the next run.
 * @returns how many rows were worked off
 */
export async function collectGarbage(core: ObjectCore): Promise<number> {
  const now = core.now().toISOString();
  let collected = 0;
  for (;;) {
    const { data } = await mediaGarbage(core).query.byAge({}).lte({ dueAt: now }).go({ limit: rowsAtOnce });
    for (const { prefix, dueAt, multipartId } of data) {
      if (multipartId) await abortMultipart(core, { key: prefix, multipartId });
      await deleteBelow(core, prefix);
      await mediaGarbage(core).delete({ prefix, dueAt }).go();
    }
    collected += data.length;
    if (data.length < rowsAtOnce) return collected;
  }
}
