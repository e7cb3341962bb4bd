"use client";

import { tagKeyOf } from "@haru/core/list/list.contract";
import type { Locale } from "@haru/core/locale";
import type { Tag } from "@haru/core/tag/tag.contract";
import { useState } from "react";
import { browserApi } from "../../browser-api.ts";
import { FormAlert } from "../account/form-shell.tsx";
import { settingsRefusal } from "../account/settings/section.tsx";
import { tagPath } from "../site/address.ts";
import { Field } from "../site/field.tsx";
import { useSubmit } from "../site/use-submit.ts";
import type { TagMessages } from "./messages.ts";

interface TagRowProps {
  readonly locale: Locale;
  readonly tag: Tag;
  readonly others: readonly Tag[];
  readonly isOpen: boolean;
  readonly text: TagMessages;
  readonly onOpen: (isOpen: boolean) => void;
  readonly onChange: () => Promise<void>;
}

/** One tag with its page, and the form that changes it. */
export function TagRow({ locale, tag, others, isOpen, text, onOpen, onChange }: TagRowProps) {
  const { lang, name, title, count, description, movedTo } = tag;
  return (
    <li className="kept-tag">
      <div className="kept-tag-about" lang={lang}>
        <a className="text-link" href={tagPath(lang, name)}>
          <b>{title}</b>
        </a>
        <p className="meta num" lang={locale} role={movedTo && "status"}>
          {movedTo ? text.moving(movedTo.title, count) : text.count(count)}
        </p>
        {description && <p className="note">{description}</p>}
      </div>
      {!movedTo && (
        <button
          type="button"
          className="button button-quiet button-small"
          aria-expanded={isOpen}
          aria-label={isOpen ? undefined : text.changeOf(title)}
          onClick={() => onOpen(!isOpen)}
        >
          {isOpen ? text.cancel : text.change}
        </button>
      )}
      {isOpen && !movedTo && (
        <TagForm
          locale={locale}
          tag={tag}
          others={others}
          text={text}
          onDone={async () => {
            await onChange();
            onOpen(false);
          }}
        />
      )}
    </li>
  );
}

interface TagFormProps extends Pick<TagRowProps, "locale" | "tag" | "others" | "text"> {
  readonly onDone: () => Promise<void>;
}

function TagForm({ locale, tag, others, text, onDone }: TagFormProps) {
  const { lang, name } = tag;
  const [title, setTitle] = useState(tag.title);
  const [description, setDescription] = useState(tag.description);
  const key = tagKeyOf(title);
  const merged = key === name ? undefined : others.find((other) => other.name === key);
  const { form, isPending, refusal, onSubmit } = useSubmit(async () => {
    const api = browserApi(locale).tag;
    try {
      // The description first: it goes along with the name.
      if (description !== tag.description) await api.describe({ lang, name, description });
      if (title !== tag.title) await api.move({ lang, name, title });
      await onDone();
      return undefined;
    } catch (error) {
      return settingsRefusal(error, locale);
    }
  });
  return (
    <form ref={form} className="form kept-tag-form" onSubmit={onSubmit} noValidate>
      <FormAlert message={refusal.message} />
      <Field
        label={text.name}
        name="title"
        lang={lang}
        maxLength={40}
        autoFocus
        hint={merged ? text.merges(merged.title, merged.count) : text.nameHint}
        value={title}
        errors={refusal.fields.title}
        onChange={(event) => setTitle(event.target.value)}
      />
      <Field
        label={text.description}
        name="description"
        lang={lang}
        maxLength={300}
        hint={text.descriptionHint}
        value={description}
        errors={refusal.fields.description}
        onChange={(event) => setDescription(event.target.value)}
      />
      <button type="submit" className="button" aria-disabled={isPending}>
        {text.save}
      </button>
    </form>
  );
}
