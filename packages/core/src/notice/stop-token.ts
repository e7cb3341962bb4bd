import type { Core } from "../core.ts";
import { AppError } from "../errors.ts";
import { type AccountId, idSchema } from "../id.ts";
import { commit, inTransaction } from "../transaction.ts";
import { noticeChoices } from "./notice.entity.ts";

/** What mails can be about. Each kind ends by itself. */
const kinds = ["comments", "reminders"] as const;
export type NoticeKind = (typeof kinds)[number];

/**
 * What stands in each mail: whoever shows it may end mails of that kind to that person, and do nothing else.
 * @param known the person's row, if there is one
 */
export async function stopTokenOf(
  core: Core,
  accountId: AccountId,
  known: { readonly stopKey?: string | undefined } | null,
  kind: NoticeKind,
): Promise<string> {
  return `${accountId}.${known?.stopKey ?? (await makeStopKey(core, accountId))}.${kind}`;
}

/** @returns undefined for what is no such token. Those of older mails name no kind, and were about comments. */
export function readStopToken(token: string) {
  const [id, stopKey, named = "comments"] = token.split(".");
  const accountId = idSchema("account").safeParse(id).data;
  const kind = kinds.find((one) => one === named);
  return accountId && stopKey && kind ? { accountId, stopKey, kind } : undefined;
}

/** Two mails at the same moment agree on one key. */
async function makeStopKey(core: Core, accountId: AccountId): Promise<string> {
  const stopKey = crypto.randomUUID();
  const { written } = await commit(core, [
    inTransaction(noticeChoices(core))
      .upsert({ accountId })
      .set({ stopKey })
      .where((row, { notExists }) => notExists(row.stopKey))
      .commit(),
  ]);
  if (written) return stopKey;
  const { data } = await noticeChoices(core).get({ accountId }).go({ consistent: true });
  if (!data?.stopKey) throw new AppError("unavailable");
  return data.stopKey;
}
