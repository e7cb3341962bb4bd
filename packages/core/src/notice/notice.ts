import { accounts } from "../account/account.entity.ts";
import { comments } from "../comment/comment.entity.ts";
import type { ActorCore, Core } from "../core.ts";
import { AppError } from "../errors.ts";
import type { CommentId } from "../id.ts";
import type { Locale } from "../locale.ts";
import { operation } from "../operation.ts";
import { findPublishedPost } from "../post/post.ts";
import { commit, inTransaction } from "../transaction.ts";
import { type NoticeChoice, noticeContract } from "./notice.contract.ts";
import { noticeChoices, sentNotices } from "./notice.entity.ts";
import type { Notice } from "./recipient.ts";
import { readStopToken, stopTokenOf } from "./stop-token.ts";

/** Nobody approves a comment that has been waiting for longer. */
const rememberSentSeconds = 180 * 24 * 60 * 60;

/** All that a mail says. */
export interface NoticeLetter {
  readonly email: string;
  readonly locale: Locale;
  /** Whether it answers a comment of the person, rather than standing under the person's post. */
  readonly isAnswer: boolean;
  readonly post: { readonly lang: Locale; readonly slug: string; readonly title: string };
  readonly commentId: CommentId;
  readonly writer: string;
  readonly markdown: string;
  readonly stopToken: string;
}

export const read = operation(noticeContract.read.input, async (core: ActorCore) => {
  const { data } = await noticeChoices(core)
    .get({ accountId: core.actor.accountId })
    .go({ consistent: true });
  return { comments: data?.comments ?? true, reminders: data?.reminders ?? true };
});

export const choose = operation(
  noticeContract.choose.input,
  async (core: ActorCore, choice): Promise<NoticeChoice> => {
    await noticeChoices(core).upsert({ accountId: core.actor.accountId }).set(choice).go();
    return choice;
  },
);

export const stop = operation(noticeContract.stop.input, async (core: Core, { token }) => {
  const shown = readStopToken(token);
  if (!shown) throw new AppError("not_found");
  const { accountId, stopKey, kind } = shown;
  const { written } = await commit(core, [
    inTransaction(noticeChoices(core))
      .patch({ accountId })
      .set({ [kind]: false })
      .where((row, { eq }) => eq(row.stopKey, stopKey))
      .commit(),
  ]);
  if (!written) throw new AppError("not_found");
  return {};
});

/**
 * What to write to somebody about a comment. Nothing when there is nothing to tell any more: the
 * comment or the post is gone, or the person does not want such mails.
 */
export async function letterOf(core: Core, notice: Notice): Promise<NoticeLetter | undefined> {
  const { postId, threadId, commentId, accountId } = notice;
  const key = { postId, place: "shown", threadId, commentId } as const;
  const [comment, account, choice] = await Promise.all([
    comments(core).get(key).go({ consistent: true }),
    accounts(core).get({ accountId }).go(),
    noticeChoices(core).get({ accountId }).go({ consistent: true }),
  ]);
  if (!comment.data || comment.data.isRemoved || !account.data || account.data.suspendedAt) return undefined;
  if (choice.data?.comments === false) return undefined;
  const post = await findPublishedPost(core, postId);
  if (!post) return undefined;
  const { email, locale } = account.data;
  const { lang, slug, title } = post;
  return {
    email,
    locale,
    isAnswer: comment.data.postAuthorId !== accountId,
    post: { lang, slug, title },
    commentId,
    writer: comment.data.displayName,
    markdown: comment.data.markdown,
    stopToken: await stopTokenOf(core, accountId, choice.data, "comments"),
  };
}

/** Notes that somebody is being told. False when they were told before. */
export async function claimNotice(core: Core, { commentId, accountId }: Notice): Promise<boolean> {
  const expireAt = Math.floor(core.now().getTime() / 1000) + rememberSentSeconds;
  const { written } = await commit(core, [
    inTransaction(sentNotices(core)).create({ commentId, accountId, expireAt }).commit(),
  ]);
  return written;
}

/** Takes the note back: the mail was refused, and may be tried again. */
export async function releaseNotice(core: Core, { commentId, accountId }: Notice): Promise<void> {
  await sentNotices(core).delete({ commentId, accountId }).go();
}
