import type { OutputOf } from "@haru/core/contract";
import type { listContract } from "@haru/core/list/list.contract";
import type { Locale } from "@haru/core/locale";
import { formatDate } from "../features/post/day.ts";
import { postMessages } from "../features/post/messages.ts";
import { postPath, seriesPath } from "../features/site/address.ts";

export type Around = OutputOf<(typeof listContract)["around"]>;

/**
 * Where a reader may go from the end of a post: to the parts of its series beside it, else to its
 * neighbours in time, and to others on the same matter.
 */
export function ReadOn({ around, locale }: { around: Around; locale: Locale }) {
  const text = postMessages[locale];
  const { related, series } = around;
  const isPart = series?.previous !== undefined || series?.next !== undefined;
  const [older, newer] = isPart ? [series.previous, series.next] : [around.older, around.newer];
  if (!older && !newer && related.length === 0) return null;
  return (
    <nav className="read-on" aria-label={text.around}>
      {isPart && <SeriesLine series={series} locale={locale} />}
      {(older || newer) && (
        <div className="beside">
          {older && (
            <a className="beside-older" rel="prev" href={postPath(older.lang, older.slug)}>
              <span>{isPart ? text.previousPart : text.olderPost}</span>
              <b>{older.title}</b>
            </a>
          )}
          {newer && (
            <a className="beside-newer" rel="next" href={postPath(newer.lang, newer.slug)}>
              <span>{isPart ? text.nextPart : text.newerPost}</span>
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

interface SeriesLineProps {
  readonly series: NonNullable<Around["series"]>;
  readonly locale: Locale;
}

/** Which series a post is part of, and which part of it. */
export function SeriesLine({ series: { title, part, count }, locale }: SeriesLineProps) {
  const text = postMessages[locale];
  return (
    <p className="series-line">
      <span>{text.series}</span>
      <a className="series-title" href={seriesPath(locale, title)}>
        {title}
      </a>
      <span className="num">{text.part(part, count)}</span>
    </p>
  );
}
