import { type DBSchema, type IDBPDatabase, openDB } from "idb";
import type { CopyStore, DeviceCopy } from "./device-draft.ts";

interface KeptCopy {
  /** Of the tab that wrote it, under the post. */
  readonly id: string;
  readonly accountId: string;
  /** `new` for a draft that the server did not know yet. */
  readonly postId: string;
  readonly tabId: string;
  readonly changedAt: number;
  readonly copy: DeviceCopy;
}

interface Schema extends DBSchema {
  copies: { key: string; value: KeptCopy; indexes: { byPost: [accountId: string, postId: string] } };
}

let database: Promise<IDBPDatabase<Schema>> | undefined;

function connect(): Promise<IDBPDatabase<Schema>> {
  database ??= openDB<Schema>("haru-drafts", 1, {
    upgrade(db) {
      const copies = db.createObjectStore("copies", { keyPath: "id" });
      copies.createIndex("byPost", ["accountId", "postId"]);
    },
    // Another tab brings a newer version, or the browser closed it: the next call connects again.
    blocking: (_, __, event) => (event.target as IDBDatabase).close(),
    terminated: () => {
      database = undefined;
    },
  });
  return database;
}

const lockPrefix = "haru-draft:";

/**
 * The copies of one draft of one person on this device. Each tab writes its own, under a lock that it
 * holds for as long as it lives: whatever stands without its lock was left behind by a tab that ended.
 */
export class DeviceStore {
  readonly #accountId: string;
  readonly #tabId = crypto.randomUUID();
  #endLock = () => {};

  constructor(accountId: string) {
    this.#accountId = accountId;
    navigator.locks.request(
      lockPrefix + this.#tabId,
      () =>
        new Promise<void>((resolve) => {
          this.#endLock = resolve;
        }),
    );
  }

  /** The newest copy that an ended tab left of this post, or of a new one. */
  async findLeftover(postId: string | undefined): Promise<{ id: string; copy: DeviceCopy } | undefined> {
    const db = await connect();
    const [copies, { held = [] }] = await Promise.all([
      db.getAllFromIndex("copies", "byPost", [this.#accountId, postId ?? "new"]),
      navigator.locks.query(),
    ]);
    const living = new Set(held.map(({ name }) => name));
    return copies
      .filter(({ tabId }) => !living.has(lockPrefix + tabId))
      .sort((a, b) => b.changedAt - a.changedAt)[0];
  }

  /** Where this tab keeps its own copy. It stands under the post as soon as the server knows one. */
  copyStore(): CopyStore {
    const id = this.#tabId;
    return {
      write: async (copy) => {
        const db = await connect();
        const { postId = "new" } = copy.saved ?? {};
        const kept = { id, accountId: this.#accountId, postId, tabId: id, changedAt: Date.now(), copy };
        await db.put("copies", kept);
      },
      remove: () => this.remove(id),
    };
  }

  async remove(id: string): Promise<void> {
    await (await connect()).delete("copies", id);
  }

  /** After this the copy counts as left behind. */
  close(): void {
    this.#endLock();
  }
}
