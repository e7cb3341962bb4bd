import type { Locale } from "@haru/core/locale";
import { siteMessages } from "../site/messages.ts";
import { accountMessages } from "./messages.ts";

/** Signed in, but not as somebody who may be here. */
export function Forbidden({
  locale,
  text: { title, text } = accountMessages[locale].forbidden,
}: {
  locale: Locale;
  text?: { readonly title: string; readonly text: string };
}) {
  return (
    <main id="main" className="notice" tabIndex={-1}>
      <h1>{title}</h1>
      <p>{text}</p>
      <a className="button" href={`/${locale}`}>
        {siteMessages[locale].toHome}
      </a>
    </main>
  );
}
