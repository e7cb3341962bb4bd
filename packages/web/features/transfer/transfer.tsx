"use client";

import type { Locale } from "@haru/core/locale";
import { Section } from "../account/settings/section.tsx";
import { ExportPanel } from "./export-panel.tsx";
import { ImportPanel } from "./import-panel.tsx";
import { transferMessages } from "./messages.ts";

/** The ways in and out for everything that somebody has written. */
export function Transfer({ locale, isAdmin }: { locale: Locale; isAdmin: boolean }) {
  const text = transferMessages[locale];
  return (
    <>
      <h1>{text.title}</h1>
      <Section title={text.importTitle} lead={text.importLead}>
        <ImportPanel locale={locale} isAdmin={isAdmin} text={text} />
      </Section>
      <Section title={text.exportTitle} lead={text.exportLead}>
        <ExportPanel locale={locale} text={text} />
      </Section>
    </>
  );
}
