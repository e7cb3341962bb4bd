import type { OutputOf } from "@haru/core/contract";
import { feedPath } from "@haru/core/feed/feed.contract";
import type { listContract, PostList } from "@haru/core/list/list.contract";
import type { Locale } from "@haru/core/locale";
import { formatDate } from "../features/post/day.ts";
import { postMessages } from "../features/post/messages.ts";
import { postPath, seriesIndexPath, seriesPath } from "../features/site/address.ts";
import type { SiteWords } from "../features/site/site-words.ts";
import { Document } from "./document.tsx";

interface SeriesProps extends OutputOf<(typeof listContract)["series"]> {
  readonly locale: Locale;
  readonly site: SiteWords;
  readonly path: string;
}

/** A series: its parts in the order in which they are read. */
export function Series({ locale, site, path, list, parts }: SeriesProps) {
  const text = postMessages[locale];
  return (
    <Document
      locale={locale}
      site={site}
      title={list.title}
      description={`${text.series} · ${list.title} · ${text.count(list.count)}`}
      path={path}
      feeds={path}
      script="home.js"
      current="posts"
    >
      <main id="main" className="home" tabIndex={-1}>
        <div className="greeting greeting-small">
          <p className="eyebrow">{text.series}</p>
          <h1>{list.title}</h1>
          <p className="meta">
            <span className="num">{text.count(list.count)}</span>
            <a className="text-link" href={seriesIndexPath(locale)}>
              {text.allSeries}
            </a>
            <a className="text-link" href={feedPath(path, "rss")}>
              {text.feed}
            </a>
          </p>
        </div>
        <ol className="parts">
          {parts.map((post, index) => (
            <li key={post.postId} className="part">
              <span className="part-number" aria-hidden="true">
                {index + 1}
              </span>
              <article className="entry">
                <h2>
                  <a href={postPath(locale, post.slug)}>{post.title}</a>
                </h2>
                {post.description && <p>{post.description}</p>}
                <div className="meta">
                  <time dateTime={post.publishedAt}>{formatDate(post.publishedAt, locale)}</time>
                  <span>{text.readingTime(post.readingMinutes)}</span>
                </div>
              </article>
            </li>
          ))}
        </ol>
      </main>
    </Document>
  );
}

interface SeriesIndexProps {
  readonly locale: Locale;
  readonly site: SiteWords;
  readonly series: readonly PostList[];
}

/** Every series of a language. */
export function SeriesIndex({ locale, site, series }: SeriesIndexProps) {
  const text = postMessages[locale];
  const isEmpty = series.length === 0;
  return (
    <Document
      locale={locale}
      site={site}
      title={text.series}
      description={text.seriesText}
      path={seriesIndexPath(locale)}
      alternates={{ ko: seriesIndexPath("ko"), en: seriesIndexPath("en") }}
      script="home.js"
    >
      <main id="main" className="home" tabIndex={-1}>
        <div className="greeting greeting-small">
          <h1>{text.series}</h1>
          {!isEmpty && <p>{text.seriesText}</p>}
        </div>
        {isEmpty && (
          <div className="empty">
            <p className="empty-title">{text.noSeries.title}</p>
            <p>{text.noSeries.text}</p>
          </div>
        )}
        <ul className="series-index">
          {series.map(({ name, title, count }) => (
            <li key={name}>
              <a href={seriesPath(locale, name)}>
                <b>{title}</b> <span className="num">{text.count(count)}</span>
              </a>
            </li>
          ))}
        </ul>
      </main>
    </Document>
  );
}
