"use client";

import type { Locale } from "@haru/core/locale";
import { useEffect, useId, useState } from "react";
import { browserApi } from "../../browser-api.ts";
import { Field } from "../site/field.tsx";
import type { DraftMessages } from "./messages.ts";

/** Names that are offered while the author types. Others can be written all the same. */
const mostOffered = 100;

interface SeriesFieldProps {
  readonly lang: Locale;
  readonly text: DraftMessages;
  readonly value: string;
  readonly errors: readonly string[] | undefined;
  readonly onChange: (series: string) => void;
}

/** Which series a post is part of: one that there is, or the first word of a new one. */
export function SeriesField({ lang, text, value, errors, onChange }: SeriesFieldProps) {
  const id = useId();
  const [offered, setOffered] = useState<readonly string[]>([]);
  useEffect(() => {
    browserApi(lang)
      .list.all({ lang, kind: "series", limit: mostOffered })
      .then(({ items }) => setOffered(items.map(({ title }) => title)))
      // Without offers the name is written by hand.
      .catch(() => setOffered([]));
  }, [lang]);
  return (
    <>
      <Field
        label={text.settings.series}
        name="series"
        maxLength={60}
        hint={text.settings.seriesHint}
        list={id}
        value={value}
        errors={errors}
        onChange={(event) => onChange(event.target.value)}
      />
      <datalist id={id}>
        {offered.map((title) => (
          <option key={title} value={title} />
        ))}
      </datalist>
    </>
  );
}
