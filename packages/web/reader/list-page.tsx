import { feedPath } from "@haru/core/feed/feed.contract";
import type { Locale } from "@haru/core/locale";
import type { Avatar } from "@haru/core/media/picture.contract";
import type { PostSummary } from "@haru/core/post/post.contract";
import { DayList } from "../features/post/day-list.tsx";
import { listHeading } from "../features/post/list-heading.ts";
import { postMessages } from "../features/post/messages.ts";
import { olderPath } from "../features/site/address.ts";
import { Portrait } from "../features/site/portrait.tsx";
import type { SiteWords } from "../features/site/site-words.ts";
import { Document } from "./document.tsx";
import type { ListPlace } from "./list-place.ts";

export interface ListPageProps {
  readonly locale: Locale;
  readonly site: SiteWords;
  readonly place: ListPlace;
  /** The tag as it is written, the author's name. */
  readonly title: string;
  /** What the site says about a tag, or an author about themselves. */
  readonly about: string | undefined;
  readonly avatar: Avatar | undefined;
  /** Posts in the whole list. */
  readonly count: number;
  readonly posts: readonly PostSummary[];
  readonly cursor: string | undefined;
  readonly nextCursor: string | undefined;
}

/** The posts of a tag, an author or a month by day, newest first: the first page and every older one. */
export function ListPage({ locale, site, place, title, about, avatar, count, ...page }: ListPageProps) {
  const text = postMessages[locale];
  const { posts, cursor, nextCursor } = page;
  const { kind, name } = place.key;
  const isFirst = cursor === undefined;
  const heading = listHeading(place.key, title, locale);
  const feeds = kind === "month" ? undefined : (place.feeds ?? place.path);
  return (
    <Document
      locale={locale}
      site={site}
      title={isFirst ? heading : `${heading}, ${text.olderTitle}`}
      description={about ?? `${heading} · ${text.count(count)}`}
      path={isFirst ? place.path : olderPath(place.path, cursor)}
      feeds={feeds}
      script="home.js"
      current="posts"
      hidden={!isFirst || posts.length === 0}
    >
      <main id="main" className="home" tabIndex={-1}>
        <div className="greeting greeting-small">
          {kind === "author" && <Portrait name={title} seed={name} avatar={avatar} />}
          <h1>{heading}</h1>
          {about && isFirst && <p className="about">{about}</p>}
          <p className="meta">
            <span className="num">{text.count(count)}</span>
            {place.index && (
              <a className="text-link" href={place.index}>
                {kind === "tag" ? text.allTags : text.archive}
              </a>
            )}
            {feeds && isFirst && (
              <a className="text-link" href={feedPath(feeds, "rss")}>
                {text.feed}
              </a>
            )}
            {!isFirst && (
              <a className="text-link" href={place.path}>
                {text.newest}
              </a>
            )}
          </p>
        </div>
        {posts.length === 0 && (
          <div className="empty">
            <p className="empty-title">{text.empty.title}</p>
            <p>{text.empty.text}</p>
          </div>
        )}
        <DayList posts={posts} locale={locale} />
        {nextCursor !== undefined && (
          <a className="button button-quiet older" rel="next" href={olderPath(place.path, nextCursor)}>
            {text.older}
          </a>
        )}
        {nextCursor === undefined && !isFirst && <p className="older note">{text.endOfList}</p>}
      </main>
    </Document>
  );
}
