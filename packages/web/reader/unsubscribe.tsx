import type { Locale } from "@haru/core/locale";
import { visitorApi } from "../api.ts";
import { noticeMessages } from "../features/notice/messages.ts";
import { siteMessages } from "../features/site/messages.ts";
import type { SiteWords } from "../features/site/site-words.ts";
import { decode, inLanguage } from "./answer.tsx";
import { Document } from "./document.tsx";
import { respond } from "./respond.ts";
import { readSite } from "./site.ts";

/** The address is a key to somebody's choice: no cache keeps it and no other page learns it. */
const personal = {
  "cache-control": "private, no-store",
  "referrer-policy": "no-referrer",
  "x-robots-tag": "noindex, nofollow",
};

/**
 * `/ko/unsubscribe/<token>`, which every mail about comments names. Looking changes nothing, since
 * programs that check mails for dangers follow all of their links; the button on the page, like the
 * one of a mail program (RFC 8058), sends a POST to the same address.
 */
export function unsubscribePage(lang: string): Promise<Response> {
  return inLanguage(lang, "/unsubscribe", async (locale) =>
    respond(<Unsubscribe locale={locale} site={await readSite(locale)} isDone={false} />, 200, personal),
  );
}

export function unsubscribe(lang: string, token: string, visitor: Headers): Promise<Response> {
  return inLanguage(lang, "/unsubscribe", async (locale) => {
    await visitorApi(locale, visitor).notice.stop({ token: decode(token) });
    return respond(<Unsubscribe locale={locale} site={await readSite(locale)} isDone />, 200, personal);
  });
}

interface UnsubscribeProps {
  readonly locale: Locale;
  readonly site: SiteWords;
  readonly isDone: boolean;
}

function Unsubscribe({ locale, site, isDone }: UnsubscribeProps) {
  const { title, lead, submit, done } = noticeMessages[locale].unsubscribe;
  return (
    <Document locale={locale} site={site} title={title} description={lead} script="home.js" hidden>
      <main id="main" className="notice" tabIndex={-1}>
        <h1>{isDone ? done : title}</h1>
        <p>{lead}</p>
        {isDone ? (
          <p className="notice-actions">
            <a className="button button-quiet" href={`/${locale}`}>
              {siteMessages[locale].toHome}
            </a>
          </p>
        ) : (
          <form className="notice-actions" method="post">
            <button type="submit" className="button">
              {submit}
            </button>
          </form>
        )}
      </main>
    </Document>
  );
}
