"use client";

import type { PostList } from "@haru/core/list/list.contract";
import type { Locale } from "@haru/core/locale";
import { useCallback, useState } from "react";
import { browserApi } from "../../browser-api.ts";
import { seriesPath } from "../site/address.ts";
import { Loaded } from "../site/loaded.tsx";
import { type SeriesMessages, seriesMessages } from "./messages.ts";
import { PartList } from "./part-list.tsx";

/** The API's most on one page: a site has few series. */
const mostSeries = 500;

interface SeriesListProps {
  /** The page's language. */
  readonly locale: Locale;
  /** The language of the posts whose series these are. */
  readonly lang: Locale;
}

/** The series of a language, each of whose parts can be put in another order. */
export function SeriesList({ locale, lang }: SeriesListProps) {
  const text = seriesMessages[locale];
  const read = useCallback(
    () => browserApi(locale).list.all({ lang, kind: "series", limit: mostSeries }),
    [locale, lang],
  );
  return (
    <Loaded read={read} text={text}>
      {({ items }) =>
        items.length === 0 ? (
          <p className="empty">{text.none}</p>
        ) : (
          <ul className="kept-tags">
            {items.map((series) => (
              <SeriesRow key={series.name} locale={locale} lang={lang} series={series} text={text} />
            ))}
          </ul>
        )
      }
    </Loaded>
  );
}

interface SeriesRowProps extends SeriesListProps {
  readonly series: PostList;
  readonly text: SeriesMessages;
}

function SeriesRow({ locale, lang, series: { name, title, count }, text }: SeriesRowProps) {
  const [isOpen, setOpen] = useState(false);
  const read = useCallback(
    async () => (await browserApi(locale).list.series({ lang, name })).parts,
    [locale, lang, name],
  );
  return (
    <li className="kept-tag">
      <div className="kept-tag-about" lang={lang}>
        <a className="text-link" href={seriesPath(lang, name)}>
          <b>{title}</b>
        </a>
        <p className="meta num" lang={locale}>
          {text.count(count)}
        </p>
      </div>
      <button
        type="button"
        className="button button-quiet button-small"
        aria-expanded={isOpen}
        aria-label={isOpen ? undefined : text.arrangeOf(title)}
        onClick={() => setOpen(!isOpen)}
      >
        {isOpen ? text.done : text.arrange}
      </button>
      {isOpen && (
        <div className="kept-parts">
          <Loaded read={read} text={text}>
            {(parts) => <PartList locale={locale} lang={lang} name={name} parts={parts} text={text} />}
          </Loaded>
        </div>
      )}
    </li>
  );
}
