"use client";

import type { Locale } from "@haru/core/locale";
import type { SiteSettings as Settings } from "@haru/core/site/site.contract";
import { useCallback, useEffect, useState } from "react";
import { browserApi } from "../../../browser-api.ts";
import { siteSettingsMessages } from "./messages.ts";
import { SiteSettingsForm } from "./site-settings-form.tsx";

/** Reads the settings anew for each visit: a form must not begin with what a cache remembers. */
export function SiteSettings({ locale }: { locale: Locale }) {
  const text = siteSettingsMessages[locale];
  const [settings, setSettings] = useState<Settings>();
  const [hasFailed, setFailed] = useState(false);
  const load = useCallback(async () => {
    setFailed(false);
    try {
      setSettings(await browserApi(locale).site.read({}));
    } catch {
      setFailed(true);
    }
  }, [locale]);
  useEffect(() => {
    load();
  }, [load]);

  return (
    <>
      <h1>{text.title}</h1>
      {hasFailed && (
        <div className="banner banner-bad" role="alert">
          <p>{text.failed}</p>
          <button type="button" className="button button-quiet button-small" onClick={load}>
            {text.again}
          </button>
        </div>
      )}
      {!settings && !hasFailed && (
        <div className="skeleton settings-skeleton" role="status" aria-label={text.loading} />
      )}
      {settings && <SiteSettingsForm locale={locale} initial={settings} />}
    </>
  );
}
