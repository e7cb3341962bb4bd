import { type Locale, locales } from "@haru/core/locale";
import Link from "next/link";

interface LanguageTabsProps {
  /** Of the page, without parameters. */
  readonly path: string;
  readonly label: string;
  readonly languages: Readonly<Record<Locale, string>>;
  readonly shown: Locale;
}

/** Chooses the language of what a page shows, by the parameter `of`; the page's own language stays. */
export function LanguageTabs({ path, label, languages, shown }: LanguageTabsProps) {
  return (
    <nav className="queue-tabs" aria-label={label}>
      {locales.map((each) => (
        <Link key={each} href={`${path}?of=${each}`} aria-current={each === shown ? "page" : undefined}>
          {languages[each]}
        </Link>
      ))}
    </nav>
  );
}
