import type { Locale } from "@haru/core/locale";
import type { SearchHit, SearchResults } from "@haru/core/search/search.contract";
import { formatDate } from "../features/post/day.ts";
import { Tags } from "../features/post/entry.tsx";
import { Marked } from "../features/search/marked.tsx";
import { type SearchMessages, searchMessages } from "../features/search/messages.ts";
import { type SearchAddress, searchPath } from "../features/search/search-path.ts";
import { otherLocale, postPath } from "../features/site/address.ts";
import type { SiteWords } from "../features/site/site-words.ts";
import { Document } from "./document.tsx";
import { SearchFacets } from "./search-facets.tsx";

export interface SearchProps {
  readonly locale: Locale;
  readonly site: SiteWords;
  readonly address: SearchAddress;
  /** Absent before anything was typed. */
  readonly results?: SearchResults | undefined;
  /** Why there are none, for the person. */
  readonly problem?: string | undefined;
}

/** The results page: whole without scripts, at an address that can be kept and shared. */
export function Search({ locale, site, address, results, problem }: SearchProps) {
  const text = searchMessages[locale];
  const other = otherLocale[locale];
  const title = address.q ? `${address.q} · ${text.title}` : text.title;
  return (
    <Document
      locale={locale}
      site={site}
      title={title}
      description={text.start}
      alternates={{ [other]: searchPath(other, { q: address.q }) }}
      script="home.js"
      hidden
    >
      <main id="main" className="search" tabIndex={-1}>
        <h1 className="search-title">{text.title}</h1>
        <form className="search-form" action={`/${locale}/search`} method="get">
          <input
            className="input"
            type="search"
            name="q"
            aria-label={text.label}
            placeholder={text.placeholder}
            defaultValue={address.q}
            maxLength={200}
            autoComplete="off"
            autoCapitalize="off"
            spellCheck={false}
          />
          {address.lang && <input type="hidden" name="lang" value={address.lang} />}
          <button className="button" type="submit">
            {text.submit}
          </button>
        </form>
        {problem && (
          <p className="banner banner-bad" role="alert">
            {problem}
          </p>
        )}
        {results?.source === "titles" && (
          <p className="banner banner-warn" role="status">
            {text.titlesOnly}
          </p>
        )}
        {!results && !problem && <Hints text={text} title={text.start} />}
        {results && (
          <div className="search-body">
            <Results locale={locale} address={address} results={results} />
            {results.facets && (results.total > 0 || isNarrowed(address)) && (
              <SearchFacets locale={locale} address={address} facets={results.facets} />
            )}
          </div>
        )}
      </main>
    </Document>
  );
}

function isNarrowed({ tag, author, year, lang }: SearchAddress): boolean {
  return [tag, author, year, lang].some((chosen) => chosen !== undefined);
}

function Results({
  locale,
  address,
  results,
}: Required<Pick<SearchProps, "locale" | "address">> & { readonly results: SearchResults }) {
  const text = searchMessages[locale];
  if (results.items.length === 0) return <Empty locale={locale} address={address} results={results} />;
  return (
    <section className="search-results" aria-label={text.results(results.total)}>
      <p className="meta" role="status">
        {text.results(results.total)}
        {results.correctedTo && <span>{text.corrected(results.correctedTo)}</span>}
      </p>
      <ol className="search-list">
        {results.items.map((hit) => (
          <li key={hit.postId}>
            <Result hit={hit} locale={locale} />
          </li>
        ))}
      </ol>
      {results.cursor && (
        <a
          className="button button-quiet search-more"
          rel="next"
          href={searchPath(locale, { ...address, cursor: results.cursor })}
        >
          {text.more}
        </a>
      )}
    </section>
  );
}

function Result({ hit, locale }: { readonly hit: SearchHit; readonly locale: Locale }) {
  return (
    <article className="entry" lang={hit.lang}>
      <h2>
        <a href={postPath(hit.lang, hit.slug)}>
          <Marked segments={hit.title} />
        </a>
      </h2>
      {hit.passage.length > 0 && (
        <p>
          <Marked segments={hit.passage} />
        </p>
      )}
      <div className="meta">
        <time dateTime={hit.publishedAt}>{formatDate(hit.publishedAt, locale)}</time>
        <span>{hit.author.displayName}</span>
        <Tags tags={hit.tags} lang={hit.lang} />
      </div>
    </article>
  );
}

function Empty({
  locale,
  address,
  results,
}: {
  readonly locale: Locale;
  readonly address: SearchAddress;
  readonly results: SearchResults;
}) {
  const text = searchMessages[locale];
  const elsewhere = (results.facets?.lang ?? []).filter(({ value }) => value !== (address.lang ?? locale));
  const count = elsewhere.reduce((sum, each) => sum + each.count, 0);
  return (
    <section className="search-results">
      <Hints text={text} title={text.none(address.q)} />
      <p className="search-elsewhere">
        {count > 0 && (
          <a className="button" href={searchPath(locale, { ...address, cursor: undefined, lang: "all" })}>
            {text.elsewhere(count)}
          </a>
        )}
        <a className="button button-quiet" href={`/${locale}`}>
          {text.newest}
        </a>
      </p>
    </section>
  );
}

function Hints({ text, title }: { readonly text: SearchMessages; readonly title: string }) {
  return (
    <div className="empty">
      <p className="empty-title" role="status">
        {title}
      </p>
      <ul className="search-hints">
        {text.noneHints.map((hint) => (
          <li key={hint}>{hint}</li>
        ))}
      </ul>
    </div>
  );
}
