/**
 * The one table as it is declared to AWS. Infra and the tests create it from this. It stands
 * alone, because SST loads infra where this package's dependencies cannot be found.
 */
export const tableDefinition = {
  primary: { pk: "pk", sk: "sk" },
  globalIndexes: {
    gsi1: { pk: "gsi1pk", sk: "gsi1sk" },
    gsi2: { pk: "gsi2pk", sk: "gsi2sk" },
    gsi3: { pk: "gsi3pk", sk: "gsi3sk" },
    gsi4: { pk: "gsi4pk", sk: "gsi4sk" },
  },
  /** Epoch seconds after which DynamoDB may delete the item. It is late by hours: reads filter on it too. */
  timeToLive: "expireAt",
  /**
   * What parts the items of each noun, by the name of its `.entity.ts` file: the first attribute of the partition
   * keys of its entities, in the table and in the indexes. `""` is the partition of lists that the site has once.
   */
  partitions: {
    account: ["accountId", "emailInitial"],
    appointment: [""],
    calendar: ["accountId"],
    closure: [""],
    comment: ["accountId", "commentId", "postAuthorId", "postId", "queue", "segment"],
    handle: ["accountId", "handle"],
    idempotency: ["accountId"],
    "imported-post": ["postId"],
    limit: ["name"],
    list: ["lang", "list"],
    media: ["", "accountId", "contentHash", "mediaId", "ownerId", "work"],
    notice: ["accountId", "commentId"],
    person: ["roster", "trail"],
    post: ["authorId", "lang", "postId", "segment", "workId"],
    "preview-link": ["postId"],
    "published-post": ["lang", "postId"],
    "push-subscription": ["accountId", "endpointHash"],
    realtime: ["accountId", "connectionId", "ticketHash"],
    reminder: ["", "accountId"],
    revision: ["postId"],
    "second-factor": ["accountId"],
    session: ["accountId", "tokenHash"],
    site: [""],
    takeout: ["accountId"],
    todo: ["accountId", "erasure", "listId", "remindHour"],
  },
} as const;

/** The nouns that have items in the table. */
export type StoredNoun = keyof typeof tableDefinition.partitions;

/** Patterns of the partition keys of these nouns' items, as ElectroDB writes them and policies name them. */
export function partitionPatterns(nouns: readonly StoredNoun[]): string[] {
  const attributes = new Set(nouns.flatMap((noun) => tableDefinition.partitions[noun]));
  return [...attributes].sort().map((attribute) => (attribute === "" ? "$haru" : `$haru#${attribute}_*`));
}
