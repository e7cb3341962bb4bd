import type { Locale } from "@haru/core/locale";
import { assetUrl } from "../../reader/assets.ts";
import { archivePath, otherLocale, seriesIndexPath, tagsPath } from "./address.ts";
import { siteMessages } from "./messages.ts";
import type { SiteWords } from "./site-words.ts";

export function SiteFooter({
  locale,
  site,
  otherLanguagePath,
}: {
  locale: Locale;
  site: SiteWords;
  otherLanguagePath?: string | undefined;
}) {
  const text = siteMessages[locale];
  const other = otherLocale[locale];
  return (
    <footer className="foot">
      <p>
        {site.name} · {text.colophon}
      </p>
      <nav className="foot-links" aria-label={text.moreMenu}>
        <a className="foot-link" href={archivePath(locale)}>
          {text.archive}
        </a>
        <a className="foot-link" href={tagsPath(locale)}>
          {text.tags}
        </a>
        <a className="foot-link" href={seriesIndexPath(locale)}>
          {text.series}
        </a>
        <a className="foot-link" href={`/${locale}/feed.xml`}>
          RSS
        </a>
        <button type="button" className="link-button foot-link when-scripts" data-keys={assetUrl("keys.js")}>
          {text.keys}
        </button>
        {site.socialLinks.map(({ label, href }) => (
          <a key={label + href} className="foot-link" rel="me" href={href}>
            {label}
          </a>
        ))}
      </nav>
      <a className="foot-link" href={otherLanguagePath ?? `/${other}`} hrefLang={other} lang={other}>
        {text.otherLanguage}
      </a>
    </footer>
  );
}
