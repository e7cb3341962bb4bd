"use client";

import type { Locale } from "@haru/core/locale";
import type { PostSettings } from "@haru/core/post/post.contract";
import { useId } from "react";
import { CoverField } from "../media/cover-field.tsx";
import { usePicture } from "../media/use-picture.ts";
import { postPath } from "../site/address.ts";
import { Field } from "../site/field.tsx";
import { Sheet } from "../site/sheet.tsx";
import type { DraftFields } from "./draft-fields.ts";
import type { DraftMessages } from "./messages.ts";
import { SeriesField } from "./series-field.tsx";

interface SettingsSheetProps {
  readonly fields: DraftFields;
  readonly lang: Locale;
  /** Of the person who writes. */
  readonly locale: Locale;
  readonly text: DraftMessages;
  readonly errors: Readonly<Record<string, readonly string[]>>;
  readonly onChange: (settings: PostSettings) => void;
  readonly onClose: () => void;
}

/** How a post presents itself, with what search engines and shared cards make of it. */
export function SettingsSheet({ fields, lang, locale, text, errors, onChange, onClose }: SettingsSheetProps) {
  const { settings } = fields;
  const words = text.settings;
  const change = (changed: Partial<PostSettings>) => onChange({ ...settings, ...changed });
  const title = settings.searchTitle || fields.title || text.untitled;
  const description = settings.searchDescription || fields.description || text.descriptionPlaceholder;
  const { cover } = settings;

  const coverMedia = usePicture(locale, cover?.src);
  const coverSource = coverMedia?.picture?.medium ?? cover?.src;

  function changeCover(changed: PostSettings["cover"]): void {
    const { cover: _, ...rest } = settings;
    onChange(changed ? { ...rest, cover: changed } : rest);
  }

  return (
    <Sheet title={words.title} close={text.close} onClose={onClose}>
      <div className="sheet-body">
        <Choice
          label={words.unlisted}
          hint={words.unlistedHint}
          isChosen={settings.unlisted}
          onChange={(unlisted) => change({ unlisted })}
        />
        <Choice
          label={words.pinned}
          hint={words.pinnedHint}
          isChosen={settings.pinned}
          onChange={(pinned) => change({ pinned })}
        />
        <Choice
          label={words.page}
          hint={words.pageHint}
          isChosen={settings.kind === "page"}
          onChange={(isPage) => change({ kind: isPage ? "page" : "post" })}
        />
        <SeriesField
          lang={lang}
          text={text}
          value={settings.series}
          errors={errors["settings.series"]}
          onChange={(series) => change({ series })}
        />
        <CoverField
          locale={locale}
          cover={cover}
          errors={errors["settings.cover.src"]}
          onChange={changeCover}
        />
        <Field
          label={words.searchTitle}
          name="searchTitle"
          maxLength={120}
          placeholder={fields.title}
          value={settings.searchTitle}
          onChange={(event) => change({ searchTitle: event.target.value })}
        />
        <Field
          label={words.searchDescription}
          name="searchDescription"
          maxLength={300}
          placeholder={fields.description}
          value={settings.searchDescription}
          onChange={(event) => change({ searchDescription: event.target.value })}
        />
        <figure className="sample">
          <figcaption>{words.result}</figcaption>
          <div className="search-result" lang={lang}>
            <p className="search-result-address">
              {globalThis.location?.host}
              {decodeURIComponent(postPath(lang, fields.slug))}
            </p>
            <p className="search-result-title">{title}</p>
            <p>{description}</p>
          </div>
        </figure>
        <figure className="sample">
          <figcaption>{words.card}</figcaption>
          <div className="card-sample" lang={lang}>
            {cover && !coverSource?.startsWith("media:") && <img src={coverSource} alt={cover.alt} />}
            <div>
              <p className="search-result-address">{globalThis.location?.host}</p>
              <p className="card-sample-title">{title}</p>
              <p>{description}</p>
            </div>
          </div>
        </figure>
      </div>
    </Sheet>
  );
}

interface ChoiceProps {
  readonly label: string;
  readonly hint: string;
  readonly isChosen: boolean;
  readonly onChange: (isChosen: boolean) => void;
}

function Choice({ label, hint, isChosen, onChange }: ChoiceProps) {
  const id = useId();
  return (
    <div className="choice">
      <input
        id={id}
        type="checkbox"
        checked={isChosen}
        aria-describedby={`${id}-hint`}
        onChange={(event) => onChange(event.target.checked)}
      />
      <label htmlFor={id}>{label}</label>
      <p className="field-hint" id={`${id}-hint`}>
        {hint}
      </p>
    </div>
  );
}
