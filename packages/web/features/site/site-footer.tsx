import type { Locale } from "@haru/core/locale";
import { otherLocale } from "./address.ts";
import { siteMessages } from "./messages.ts";

export function SiteFooter({
  locale,
  otherLanguagePath,
}: {
  locale: Locale;
  otherLanguagePath?: string | undefined;
}) {
  const text = siteMessages[locale];
  const other = otherLocale[locale];
  return (
    <footer className="foot">
      <p>
        {text.name} · {text.colophon}
      </p>
      <a className="foot-link" href={otherLanguagePath ?? `/${other}`} hrefLang={other} lang={other}>
        {text.otherLanguage}
      </a>
    </footer>
  );
}
