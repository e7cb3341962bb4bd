import type { Locale } from "@haru/core/locale";
import type { PostSummary } from "@haru/core/post/post.contract";
import { siteUrl } from "../core.ts";
import { DayList } from "../features/post/day-list.tsx";
import { Entry } from "../features/post/entry.tsx";
import { postMessages } from "../features/post/messages.ts";
import { olderPath } from "../features/site/address.ts";
import type { SiteWords } from "../features/site/site-words.ts";
import { Document } from "./document.tsx";
import { webSite } from "./linked-data.ts";

export interface HomeProps {
  readonly locale: Locale;
  readonly site: SiteWords;
  /** Above the others on the front page; none on older ones. */
  readonly pinned: readonly PostSummary[];
  readonly posts: readonly PostSummary[];
  /** Where the next, older page begins; absent on the last. */
  readonly nextCursor: string | undefined;
  /** Where this page begins; absent on the front page. */
  readonly cursor?: string | undefined;
}

/** Posts of one language by day, newest first: the front page and every older one. */
export function Home({ locale, site, pinned, posts, nextCursor, cursor }: HomeProps) {
  const text = postMessages[locale];
  const isPinned = new Set(pinned.map(({ postId }) => postId));
  const isFront = cursor === undefined;
  return (
    <Document
      locale={locale}
      site={site}
      title={isFront ? undefined : text.olderTitle}
      description={site.tagline}
      path={isFront ? `/${locale}` : olderPath(`/${locale}`, cursor)}
      alternates={isFront ? { ko: "/ko", en: "/en" } : {}}
      things={isFront ? [webSite(siteUrl(), locale, site)] : undefined}
      script="home.js"
      current="posts"
      hidden={!isFront}
    >
      <main id="main" className="home" tabIndex={-1}>
        {isFront ? (
          <div className="greeting">
            <h1>
              {text.greeting.map((line) => (
                <span key={line}>{line} </span>
              ))}
            </h1>
            <p>{site.tagline}</p>
          </div>
        ) : (
          <div className="greeting greeting-small">
            <h1>{text.olderTitle}</h1>
            <p>
              <a className="text-link" href={`/${locale}`}>
                {text.newest}
              </a>
            </p>
          </div>
        )}
        {posts.length === 0 && (
          <div className="empty">
            <p className="empty-title">{text.empty.title}</p>
            <p>{text.empty.text}</p>
          </div>
        )}
        {pinned.length > 0 && (
          <section className="day pinned" aria-labelledby="pinned">
            <h2 className="when" id="pinned">
              {text.pinned}
            </h2>
            <div>
              {pinned.map((post) => (
                <Entry key={post.postId} post={post} />
              ))}
            </div>
          </section>
        )}
        <DayList posts={posts.filter(({ postId }) => !isPinned.has(postId))} locale={locale} />
        {nextCursor !== undefined && (
          <a className="button button-quiet older" rel="next" href={olderPath(`/${locale}`, nextCursor)}>
            {text.older}
          </a>
        )}
        {nextCursor === undefined && !isFront && <p className="older note">{text.endOfList}</p>}
      </main>
    </Document>
  );
}
