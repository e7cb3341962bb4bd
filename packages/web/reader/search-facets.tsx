import { type Locale, locales } from "@haru/core/locale";
import type { SearchResults } from "@haru/core/search/search.contract";
import { searchMessages } from "../features/search/messages.ts";
import { type SearchAddress, searchPath } from "../features/search/search-path.ts";
import { grouped } from "../features/site/grouped.ts";

type Facets = NonNullable<SearchResults["facets"]>;
type FacetName = keyof Facets;

interface FacetsProps {
  readonly locale: Locale;
  readonly address: SearchAddress;
  readonly facets: Facets;
}

const names: readonly FacetName[] = ["lang", "tag", "author", "year"];

/** By what the results can be narrowed, each choice a link that can be undone. */
export function SearchFacets({ locale, address, facets }: FacetsProps) {
  const text = searchMessages[locale];
  return (
    <nav className="facets" aria-label={text.refine}>
      {names
        .filter((name) => facets[name].length > 1 || address[name] !== undefined)
        .map((name) => (
          <section key={name}>
            <h2 className="facets-name">{text.facets[name]}</h2>
            <ul>
              {choicesOf(name, { locale, address, facets }).map(({ value, label, count, isChosen }) => (
                <li key={value ?? ""}>
                  <a
                    href={searchPath(locale, { ...address, cursor: undefined, [name]: value })}
                    aria-current={isChosen ? "true" : undefined}
                  >
                    <span>{label}</span>
                    {count !== undefined && <span className="num">{grouped(count)}</span>}
                  </a>
                </li>
              ))}
            </ul>
          </section>
        ))}
    </nav>
  );
}

interface Choice {
  /** Absent for "all". */
  readonly value: string | undefined;
  readonly label: string;
  readonly count?: number;
  readonly isChosen: boolean;
}

function choicesOf(name: FacetName, { locale, address, facets }: FacetsProps): Choice[] {
  const text = searchMessages[locale];
  const chosen = name === "lang" ? (address.lang ?? locale) : address[name];
  const everything: Choice = {
    value: name === "lang" ? "all" : undefined,
    label: text.everything,
    isChosen: chosen === undefined || chosen === "all",
  };
  const each = facets[name].map(({ value, label, count }) => ({
    value,
    label:
      name === "lang"
        ? (text.languages[locales.find((lang) => lang === value) ?? locale] ?? value)
        : (label ?? value),
    count,
    isChosen: value === chosen,
  }));
  return [everything, ...each];
}
