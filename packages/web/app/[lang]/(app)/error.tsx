"use client";

import { localeSchema } from "@haru/core/locale";
import { useParams } from "next/navigation";
import { siteMessages } from "../../../features/site/messages.ts";

/** An application page that failed while it was shown. */
export default function AppError({ reset }: { error: Error; reset: () => void }) {
  const locale = localeSchema.catch("ko").parse(useParams()?.lang);
  const { failed, toHome } = siteMessages[locale];
  return (
    <main id="main" className="notice" tabIndex={-1}>
      <h1>{failed.title}</h1>
      <p>{failed.text}</p>
      <p className="notice-actions">
        <button type="button" className="button" onClick={reset}>
          {failed.again}
        </button>
        <a className="button button-quiet" href={`/${locale}`}>
          {toHome}
        </a>
      </p>
    </main>
  );
}
