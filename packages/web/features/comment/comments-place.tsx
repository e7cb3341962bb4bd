import type { Locale } from "@haru/core/locale";
import { grouped } from "../site/grouped.ts";
import { commentMessages } from "./messages.ts";

export interface CommentsPlaceProps {
  readonly locale: Locale;
  readonly postId: string;
  readonly count: number;
  /** The island that fills the place, loaded when the place comes into view. */
  readonly script: string;
}

/** The heading and an empty place of the size of what comes. */
export function CommentsPlace({ locale, postId, count, script }: CommentsPlaceProps) {
  const text = commentMessages[locale];
  return (
    <section
      className="comments"
      id="comments"
      aria-labelledby="comments-title"
      data-post={postId}
      data-script={script}
    >
      <h2 id="comments-title">
        {text.title}{" "}
        <span className="num" data-comment-count={count}>
          {count > 0 ? grouped(count) : ""}
        </span>
      </h2>
      <div className="comments-body" data-comments-body aria-busy="true">
        <div className="skeleton skeleton-box" />
        {Array.from({ length: Math.min(count, 3) }, (_, line) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the lines are alike and never move.
          <div className="skeleton skeleton-comment" key={line} />
        ))}
      </div>
      <noscript>
        <p className="note">{text.needsScripts}</p>
      </noscript>
    </section>
  );
}
