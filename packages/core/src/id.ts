import * as z from "zod";

/** The one table of prefixes: a reader of a log knows from an id what it names. */
const prefixes = {
  account: "acc",
  audit: "aud",
  avatar: "avt",
  comment: "cmt",
  device: "dev",
  list: "lst",
  mutation: "mut",
  media: "med",
  picture: "pic",
  post: "pst",
  takeout: "tko",
  todo: "tdo",
  work: "wrk",
} as const;

export type IdNoun = keyof typeof prefixes;
export type Id<N extends IdNoun> = `${(typeof prefixes)[N]}_${string}`;
export type AccountId = Id<"account">;
export type AvatarId = Id<"avatar">;
export type CommentId = Id<"comment">;
export type DeviceId = Id<"device">;
export type ListId = Id<"list">;
export type MutationId = Id<"mutation">;
export type MediaId = Id<"media">;
export type PictureId = Id<"picture">;
export type PostId = Id<"post">;
export type TodoId = Id<"todo">;
export type WorkId = Id<"work">;

/** Crockford's base 32 in lower case: no letter that is taken for another. */
const alphabet = "0123456789abcdefghjkmnpqrstvwxyz";

function encode(value: bigint, length: number): string {
  let text = "";
  for (let rest = value, i = 0; i < length; i++, rest >>= 5n) text = alphabet[Number(rest & 31n)] + text;
  return text;
}

/**
 * A new id: prefix, 48 bits of time in milliseconds, 80 random bits (the layout of a ULID).
 * Ids made later sort later, which DynamoDB sort keys and cursors rely on.
 */
export function newId<N extends IdNoun>(noun: N, now: Date): Id<N> {
  const random = crypto
    .getRandomValues(new Uint8Array(10))
    .reduce((sum, byte) => (sum << 8n) | BigInt(byte), 0n);
  return `${prefixes[noun]}_${encode(BigInt(now.getTime()), 10)}${encode(random, 16)}` as Id<N>;
}

/**
 * The account id of a person in the user pool. It is derived, so that a token alone
 * names the account and no lookup stands between a request and its rows.
 * @param subject the pool's `sub` claim, a UUID
 */
export function accountIdOf(subject: string): AccountId {
  return `${prefixes.account}_${subject}`;
}

/** The id of an account's avatar, of which each has one at most: it is found without being looked up. */
export function avatarIdOf(accountId: AccountId): AvatarId {
  return `${prefixes.avatar}_${accountId.slice(prefixes.account.length + 1)}`;
}

/** The account whose avatar it is. */
export function accountIdOfAvatar(avatarId: AvatarId): AccountId {
  return accountIdOf(avatarId.slice(prefixes.avatar.length + 1));
}

export function isAvatarId(id: string): id is AvatarId {
  return id.startsWith(`${prefixes.avatar}_`);
}

/** Parses an id of one noun. Those of accounts and avatars end in a UUID, all others in 26 base-32 characters. */
export function idSchema<N extends IdNoun>(noun: N) {
  const body = noun === "account" || noun === "avatar" ? "[0-9a-f-]{36}" : `[${alphabet}]{26}`;
  const pattern = new RegExp(`^${prefixes[noun]}_${body}$`);
  // Zod's template literals have no pattern of their own, so the type is stated here and the pattern checks it.
  return z.string().regex(pattern) as unknown as z.ZodType<Id<N>, string>;
}
