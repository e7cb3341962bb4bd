import type { OutputOf } from "@haru/core/contract";
import type { listContract } from "@haru/core/list/list.contract";
import type { Locale } from "@haru/core/locale";
import { formatDate } from "../features/post/day.ts";
import { postMessages } from "../features/post/messages.ts";
import { postPath } from "../features/site/address.ts";

export type Around = OutputOf<(typeof listContract)["around"]>;

/** Where a reader may go from the end of a post: its neighbours in time, and others on the same matter. */
export function ReadOn({ around, locale }: { around: Around; locale: Locale }) {
  const text = postMessages[locale];
  const { older, newer, related } = around;
  if (!older && !newer && related.length === 0) return null;
  return (
    <nav className="read-on" aria-label={text.around}>
      {(older || newer) && (
        <div className="beside">
          {older && (
            <a className="beside-older" rel="prev" href={postPath(older.lang, older.slug)}>
              <span>{text.olderPost}</span>
              <b>{older.title}</b>
            </a>
          )}
          {newer && (
            <a className="beside-newer" rel="next" href={postPath(newer.lang, newer.slug)}>
              <span>{text.newerPost}</span>
              <b>{newer.title}</b>
            </a>
          )}
        </div>
      )}
      {related.length > 0 && (
        <>
          <h2>{text.related}</h2>
          <ul className="related">
            {related.map((post) => (
              <li key={post.postId}>
                <a href={postPath(post.lang, post.slug)}>{post.title}</a>
                <time className="note" dateTime={post.publishedAt}>
                  {formatDate(post.publishedAt, locale)}
                </time>
              </li>
            ))}
          </ul>
        </>
      )}
    </nav>
  );
}
