"use client";

import type { Locale } from "@haru/core/locale";
import type { PostSettings } from "@haru/core/post/post.contract";
import { useId } from "react";
import { postPath } from "../site/address.ts";
import { Field } from "../site/field.tsx";
import { Sheet } from "../site/sheet.tsx";
import type { DraftFields } from "./draft-fields.ts";
import type { DraftMessages } from "./messages.ts";

interface SettingsSheetProps {
  readonly fields: DraftFields;
  readonly lang: Locale;
  readonly text: DraftMessages;
  readonly errors: Readonly<Record<string, readonly string[]>>;
  readonly onChange: (settings: PostSettings) => void;
  readonly onClose: () => void;
}

/** How a post presents itself, with what search engines and shared cards make of it. */
export function SettingsSheet({ fields, lang, text, errors, onChange, onClose }: SettingsSheetProps) {
  const { settings } = fields;
  const words = text.settings;
  const change = (changed: Partial<PostSettings>) => onChange({ ...settings, ...changed });
  const title = settings.searchTitle || fields.title || text.untitled;
  const description = settings.searchDescription || fields.description || text.descriptionPlaceholder;
  const { cover } = settings;

  function changeCover(src: string, alt: string): void {
    const { cover: _, ...rest } = settings;
    onChange(src === "" ? rest : { ...rest, cover: { src, alt } });
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
        <Field
          label={words.cover}
          name="cover"
          inputMode="url"
          hint={words.coverHint}
          value={cover?.src ?? ""}
          errors={errors["settings.cover.src"]}
          onChange={(event) => changeCover(event.target.value.trim(), cover?.alt ?? "")}
        />
        {cover && (
          <Field
            label={words.coverAlt}
            name="coverAlt"
            maxLength={300}
            value={cover.alt}
            onChange={(event) => changeCover(cover.src, event.target.value)}
          />
        )}
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
            {cover && <img src={cover.src} alt={cover.alt} />}
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
