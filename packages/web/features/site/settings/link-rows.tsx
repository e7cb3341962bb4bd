"use client";

import type { FieldErrors } from "@haru/core/errors";
import type { SiteLink } from "@haru/core/site/site.contract";
import { Field } from "../field.tsx";
import type { SiteSettingsMessages } from "./messages.ts";

interface LinkRowsProps {
  readonly kind: string;
  readonly links: readonly SiteLink[];
  readonly most: number;
  /** Where the links stand in the input, as refusals name it: `words.ko.navigation`. */
  readonly path: string;
  readonly errors: FieldErrors;
  readonly text: SiteSettingsMessages;
  readonly onChange: (links: SiteLink[]) => void;
}

/** Links in their order, each a name and an address. */
export function LinkRows({ kind, links, most, path, errors, text, onChange }: LinkRowsProps) {
  const change = (at: number, changed: Partial<SiteLink>) =>
    onChange(links.map((link, index) => (index === at ? { ...link, ...changed } : link)));
  return (
    <fieldset className="link-rows">
      <legend>{kind}</legend>
      {links.map((link, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a row has nothing that stays the same while it is typed in.
        <fieldset className="link-row" key={index}>
          <legend className="visually-hidden">{text.linkNumber(kind, index + 1)}</legend>
          <Field
            label={text.label}
            name={`${path}.${index}.label`}
            maxLength={40}
            value={link.label}
            errors={errors[`${path}.${index}.label`]}
            onChange={(event) => change(index, { label: event.target.value })}
          />
          <Field
            label={text.href}
            name={`${path}.${index}.href`}
            inputMode="url"
            maxLength={500}
            placeholder="https://"
            value={link.href}
            errors={errors[`${path}.${index}.href`]}
            onChange={(event) => change(index, { href: event.target.value })}
          />
          <button
            type="button"
            className="button button-quiet button-small"
            onClick={() => onChange(links.filter((_, other) => other !== index))}
          >
            {text.removeLink}
          </button>
        </fieldset>
      ))}
      {links.length < most && (
        <button
          type="button"
          className="button button-quiet button-small"
          onClick={() => onChange([...links, { label: "", href: "" }])}
        >
          {text.addLink(kind)}
        </button>
      )}
    </fieldset>
  );
}
