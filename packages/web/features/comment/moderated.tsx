import type { CommentStanding } from "@haru/core/comment/comment.contract";
import type { Locale } from "@haru/core/locale";
import { Marked } from "../search/marked.tsx";
import { postPath } from "../site/address.ts";
import { formatAgo } from "../site/ago.ts";
import { renderedHtml } from "../site/trusted-html.ts";
import { moderationMessages } from "./messages.ts";
import type { ListedComment, Moderation } from "./use-moderation.ts";

/** What can be done to a comment as it stands. */
export const actionsOf: Readonly<Record<CommentStanding, readonly Moderation[]>> = {
  waiting: ["approve", "hide"],
  reported: ["approve", "hide"],
  hidden: ["approve"],
  none: ["hide"],
};

interface ModeratedProps {
  readonly comment: ListedComment;
  readonly locale: Locale;
  /** Says how it stands, where comments of several queues are together. */
  readonly saysStanding: boolean;
  readonly isChosen: boolean;
  readonly onChoose: (isChosen: boolean) => void;
  readonly onModerate: (action: Moderation) => void;
  /** Only admins decide who may write. */
  readonly onBan: ((isBanned: boolean) => void) | undefined;
}

/** A comment, to be let through or taken away. */
export function Moderated(props: ModeratedProps) {
  const { comment, locale, saysStanding, isChosen, onChoose, onModerate, onBan } = props;
  const text = moderationMessages[locale];
  const { author, name, post, queue, isBanned } = comment;
  const nameOf = { approve: text.approveOf, hide: text.hideOf };
  return (
    <li className="moderated">
      <input
        type="checkbox"
        checked={isChosen}
        aria-label={text.choose(author.displayName)}
        onChange={({ target }) => onChoose(target.checked)}
      />
      <div>
        <p className="meta">
          <b>{name ? <Marked segments={name} /> : author.displayName}</b>
          <time dateTime={comment.createdAt}>{formatAgo(comment.createdAt, new Date(), locale)}</time>
          {saysStanding && (
            <span>
              <b className="moderated-standing" data-standing={queue}>
                {text.queues[queue]}
              </b>
            </span>
          )}
          {comment.reports > 0 && <span>{text.reports(comment.reports)}</span>}
          {post && (
            <a className="text-link" href={`${postPath(post.lang, post.slug)}#comments`} lang={post.lang}>
              {post.title}
            </a>
          )}
        </p>
        <div
          className="prose"
          // biome-ignore lint/security/noDangerouslySetInnerHtml: made safe where it was rendered.
          dangerouslySetInnerHTML={{ __html: renderedHtml(comment.html) }}
        />
        <div className="notice-actions">
          {actionsOf[queue].map((action) => (
            <button
              key={action}
              type="button"
              className="button button-quiet button-small"
              aria-label={nameOf[action](author.displayName)}
              onClick={() => onModerate(action)}
            >
              {text[action]}
            </button>
          ))}
          {onBan && !author.wrotePost && (
            <button
              type="button"
              className="button button-quiet button-small"
              aria-label={(isBanned ? text.unbanOf : text.banOf)(author.displayName)}
              onClick={() => onBan(!isBanned)}
            >
              {isBanned ? text.unban : text.ban}
            </button>
          )}
        </div>
      </div>
    </li>
  );
}
