import type { PostList } from "@haru/core/list/list.contract";
import type { Locale } from "@haru/core/locale";
import { formatMonthOfYear } from "../features/post/day.ts";
import { postMessages } from "../features/post/messages.ts";
import { archivePath, monthPath } from "../features/site/address.ts";
import type { SiteWords } from "../features/site/site-words.ts";
import { Document } from "./document.tsx";

interface ArchiveProps {
  readonly locale: Locale;
  readonly site: SiteWords;
  readonly months: readonly PostList[];
}

/** Every month that has posts, by year, newest first. */
export function Archive({ locale, site, months }: ArchiveProps) {
  const text = postMessages[locale];
  const years = Map.groupBy(months, ({ name }) => name.slice(0, 4));
  return (
    <Document
      locale={locale}
      site={site}
      title={text.archive}
      description={text.archiveText}
      path={archivePath(locale)}
      alternates={{ ko: archivePath("ko"), en: archivePath("en") }}
      script="home.js"
      current="posts"
    >
      <main id="main" className="home" tabIndex={-1}>
        <div className="greeting greeting-small">
          <h1>{text.archive}</h1>
          <p>{text.archiveText}</p>
        </div>
        {months.length === 0 && (
          <div className="empty">
            <p className="empty-title">{text.empty.title}</p>
            <p>{text.empty.text}</p>
          </div>
        )}
        {[...years].map(([year, ofYear]) => (
          <section className="day" key={year} aria-labelledby={`year-${year}`}>
            <h2 className="when" id={`year-${year}`}>
              <span className="when-number">{year}</span>
            </h2>
            <ul className="months">
              {ofYear.map(({ name, count }) => (
                <li key={name}>
                  <a href={monthPath(locale, name)}>
                    <b>{formatMonthOfYear(name, locale)}</b> <span className="num">{text.count(count)}</span>
                  </a>
                </li>
              ))}
            </ul>
          </section>
        ))}
      </main>
    </Document>
  );
}
