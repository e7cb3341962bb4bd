import type { PostList } from "@haru/core/list/list.contract";
import type { Locale } from "@haru/core/locale";
import { postMessages } from "../features/post/messages.ts";
import { tagPath, tagsPath } from "../features/site/address.ts";
import type { SiteWords } from "../features/site/site-words.ts";
import { Document } from "./document.tsx";

interface TagIndexProps {
  readonly locale: Locale;
  readonly site: SiteWords;
  readonly tags: readonly PostList[];
  readonly cursor: string | undefined;
  readonly nextCursor: string | undefined;
}

/** Every tag of a language with how many posts it has, in the order of its letters. */
export function TagIndex({ locale, site, tags, cursor, nextCursor }: TagIndexProps) {
  const text = postMessages[locale];
  const isFirst = cursor === undefined;
  const laterPath = (place: string) => `/${locale}/tag-index/${encodeURIComponent(place)}`;
  return (
    <Document
      locale={locale}
      site={site}
      title={text.tags}
      description={text.tagsText}
      path={isFirst ? tagsPath(locale) : laterPath(cursor)}
      alternates={isFirst ? { ko: tagsPath("ko"), en: tagsPath("en") } : {}}
      script="home.js"
      hidden={!isFirst}
    >
      <main id="main" className="home" tabIndex={-1}>
        <div className="greeting greeting-small">
          <h1>{text.tags}</h1>
          <p>{tags.length > 0 ? text.tagsText : text.noTags.text}</p>
        </div>
        <ul className="tag-index">
          {tags.map(({ name, title, count }) => (
            <li key={name}>
              <a href={tagPath(locale, name)}>
                <b>{title}</b> <span className="num">{text.count(count)}</span>
              </a>
            </li>
          ))}
        </ul>
        {nextCursor !== undefined && (
          <a className="button button-quiet older" rel="next" href={laterPath(nextCursor)}>
            {text.moreTags}
          </a>
        )}
      </main>
    </Document>
  );
}
