import { defaultLocale, type Locale, localeSchema } from "@haru/core/locale";
import type { Metadata } from "next";
import { cookies, headers } from "next/headers";
import type { ReactNode } from "react";
import { sessionHintCookie } from "../../../features/account/session-hint.ts";
import { AppHeader } from "../../../features/site/app-header.tsx";
import { themeCookie } from "../../../features/site/theme.ts";
import { assetUrl } from "../../../reader/assets.ts";
import { readSite } from "../../../reader/site.ts";

interface LayoutProps {
  readonly children: ReactNode;
  readonly params: Promise<{ readonly lang: string }>;
}

/** An unknown language gets the frame of the default one, in which its page says that it does not exist. */
function localeOfFrame({ lang }: { readonly lang: string }): Locale {
  return localeSchema.catch(defaultLocale).parse(lang);
}

export async function generateMetadata({ params }: LayoutProps): Promise<Metadata> {
  const { name } = await readSite(localeOfFrame(await params));
  return {
    title: { default: name, template: `%s · ${name}` },
    robots: { index: false },
    icons: { icon: { url: "/favicon.svg", type: "image/svg+xml" } },
  };
}

/** The frame of every application page: the same bar, styles and first script as the reader pages. */
export default async function AppLayout({ children, params }: LayoutProps) {
  const locale = localeOfFrame(await params);
  const site = await readSite(locale);
  const store = await cookies();
  const nonce = (await headers()).get("x-nonce") ?? undefined;
  return (
    <html
      lang={locale}
      data-theme={store.get(themeCookie)?.value || undefined}
      data-session={store.get(sessionHintCookie)?.value || undefined}
      // The first script sets the hour and what else only the browser knows, before React arrives.
      suppressHydrationWarning
    >
      <head>
        <script src={assetUrl("first.js")} nonce={nonce} />
        <link rel="stylesheet" href={assetUrl("app.css")} />
        <script type="module" src={assetUrl("home.js")} nonce={nonce} />
        <meta name="color-scheme" content="light dark" />
        <meta name="application-name" content={site.name} />
      </head>
      <body>
        <AppHeader locale={locale} site={site} />
        {children}
      </body>
    </html>
  );
}
