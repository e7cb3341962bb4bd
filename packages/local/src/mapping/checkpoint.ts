import { mkdirSync, readFileSync } from "node:fs";
import { rename, writeFile } from "node:fs/promises";
import path from "node:path";

/** How far one shard was handled. */
export interface ShardPosition {
  /** Sequence number of the last record that is done with; absent before the first. */
  readonly after?: string;
  /** True when the shard is closed and all of it was handled. */
  readonly isDrained?: boolean;
}

/** What a mapping has handled, kept in one file. */
export interface Checkpoints {
  /** True when nothing was kept: the mapping is new, or the table was made anew. */
  readonly isNew: boolean;
  get(shardId: string): ShardPosition;
  /** Written soon, together with what else changes meanwhile. */
  set(shardId: string, position: ShardPosition): void;
  /** Forgets all shards but these. */
  keep(shardIds: readonly string[]): void;
  /** Resolves when the file holds everything. */
  save(): Promise<void>;
}

interface Content {
  readonly streamArn: string;
  readonly shards: Record<string, ShardPosition>;
}

/** @throws Error when the file cannot be read or its folder cannot be made */
export function openCheckpoints(file: string, streamArn: string): Checkpoints {
  const kept = readContent(file);
  const isNew = kept?.streamArn !== streamArn;
  const shards = new Map(isNew ? [] : Object.entries(kept.shards));
  let isDirty = isNew;
  let saving: Promise<void> | undefined;
  mkdirSync(path.dirname(file), { recursive: true });

  async function write(): Promise<void> {
    while (isDirty) {
      isDirty = false;
      const content: Content = { streamArn, shards: Object.fromEntries(shards) };
      // Renamed into place, so that a kill never leaves half a file.
      await writeFile(`${file}.new`, JSON.stringify(content));
      await rename(`${file}.new`, file);
    }
    saving = undefined;
  }

  function save(): Promise<void> {
    saving ??= write();
    return saving;
  }

  return {
    isNew,
    get: (shardId) => shards.get(shardId) ?? {},
    set(shardId, position) {
      shards.set(shardId, position);
      isDirty = true;
    },
    keep(shardIds) {
      for (const shardId of shards.keys()) {
        if (shardIds.includes(shardId)) continue;
        shards.delete(shardId);
        isDirty = true;
      }
    },
    save,
  };
}

function readContent(file: string): Content | undefined {
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
  return JSON.parse(text) as Content;
}
