"use client";

import type { Locale } from "@haru/core/locale";
import { useCallback } from "react";
import { browserApi } from "../../../browser-api.ts";
import { Loaded } from "../loaded.tsx";
import { siteSettingsMessages } from "./messages.ts";
import { SiteSettingsForm } from "./site-settings-form.tsx";

/** Reads the settings anew for each visit: a form must not begin with what a cache remembers. */
export function SiteSettings({ locale }: { locale: Locale }) {
  const text = siteSettingsMessages[locale];
  const read = useCallback(() => browserApi(locale).site.read({}), [locale]);
  return (
    <>
      <h1>{text.title}</h1>
      <Loaded read={read} text={text}>
        {(settings) => <SiteSettingsForm locale={locale} initial={settings} />}
      </Loaded>
    </>
  );
}
