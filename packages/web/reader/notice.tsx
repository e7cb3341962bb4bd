import type { Locale } from "@haru/core/locale";
import { archivePath, tagsPath } from "../features/site/address.ts";
import { siteMessages } from "../features/site/messages.ts";
import { Document } from "./document.tsx";

/** A page that has nothing to show, says why, and leads on. */
export function Notice({ locale, kind }: { locale: Locale; kind: "notFound" | "gone" }) {
  const site = siteMessages[locale];
  const { title, text } = site[kind];
  return (
    <Document locale={locale} title={title} description={text} script="home.js" hidden>
      <main id="main" className="notice" tabIndex={-1}>
        <h1>{title}</h1>
        <p>{text}</p>
        <p className="notice-actions">
          <a className="button" href={`/${locale}`}>
            {site.toHome}
          </a>
          <a className="button button-quiet" href={archivePath(locale)}>
            {site.archive}
          </a>
          <a className="button button-quiet" href={tagsPath(locale)}>
            {site.tags}
          </a>
        </p>
      </main>
    </Document>
  );
}
