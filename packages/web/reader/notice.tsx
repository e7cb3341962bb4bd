import type { Locale } from "@haru/core/locale";
import type { PublishedPost } from "@haru/core/post/post.contract";
import { postMessages } from "../features/post/messages.ts";
import { archivePath, postPath, tagsPath } from "../features/site/address.ts";
import { siteMessages } from "../features/site/messages.ts";
import type { SiteWords } from "../features/site/site-words.ts";
import { Document } from "./document.tsx";

interface NoticeProps {
  readonly locale: Locale;
  readonly site: SiteWords;
  readonly kind: "notFound" | "gone" | "untranslated";
  /** What there is in the other language. */
  readonly original?: Pick<PublishedPost, "lang" | "slug" | "title"> | undefined;
}

/** A page that has nothing to show, says why, and leads on. */
export function Notice({ locale, site, kind, original }: NoticeProps) {
  const words = siteMessages[locale];
  const { title, text } = words[kind];
  return (
    <Document locale={locale} site={site} title={title} description={text} script="home.js" hidden>
      <main id="main" className="notice" tabIndex={-1}>
        <h1>{title}</h1>
        <p>{text}</p>
        {original && <p lang={original.lang}>{original.title}</p>}
        <p className="notice-actions">
          {original && (
            <a
              className="button"
              href={postPath(original.lang, original.slug)}
              hrefLang={original.lang}
              lang={original.lang}
            >
              {postMessages[locale].readTranslation}
            </a>
          )}
          <a className={original ? "button button-quiet" : "button"} href={`/${locale}`}>
            {words.toHome}
          </a>
          <a className="button button-quiet" href={archivePath(locale)}>
            {words.archive}
          </a>
          <a className="button button-quiet" href={tagsPath(locale)}>
            {words.tags}
          </a>
        </p>
      </main>
    </Document>
  );
}
