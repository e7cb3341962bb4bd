import { locales } from "@haru/core/locale";
import type { PageConfig } from "next";
import Head from "next/head";
import { siteMessages } from "../features/site/messages.ts";

/** It works without scripts, so that it gets none. (Next's own check of pages cannot take the type of `runtime`.) */
export const config: Omit<PageConfig, "runtime"> = { unstable_runtimeJS: false };

/** Made once at build time, before any visitor and any language, hence in both. */
export default function Failed() {
  return (
    <main className="notice" id="main">
      <Head>
        <title>{`${siteMessages.ko.failed.title} · ${siteMessages.ko.name}`}</title>
        <meta name="robots" content="noindex" />
      </Head>
      {locales.map((locale, index) => {
        const { failed, toHome } = siteMessages[locale];
        const Title = index === 0 ? "h1" : "h2";
        return (
          <section key={locale} lang={locale} className="notice-part">
            <Title>{failed.title}</Title>
            <p>{failed.text}</p>
            <p>
              <a className="text-link" href={`/${locale}`}>
                {toHome}
              </a>
            </p>
          </section>
        );
      })}
    </main>
  );
}
