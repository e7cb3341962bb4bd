"use client";

import type { Locale } from "@haru/core/locale";
import { acceptedTypes } from "@haru/core/media/upload.contract";
import { useRef } from "react";
import { mediaMessages } from "./messages.ts";

interface PickPicturesProps {
  readonly locale: Locale;
  readonly className: string;
  /** One file only, under another name. */
  readonly label?: string;
  readonly onPick: (files: readonly File[]) => void;
}

/** A button that opens the device's own chooser, with its camera on phones. */
export function PickPictures({ locale, className, label, onPick }: PickPicturesProps) {
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <button type="button" className={className} onClick={() => input.current?.click()}>
        {label ?? mediaMessages[locale].add}
      </button>
      <input
        ref={input}
        type="file"
        hidden
        multiple={label === undefined}
        accept={[...acceptedTypes, ".heic", ".heif"].join(",")}
        onChange={(event) => {
          onPick([...(event.target.files ?? [])]);
          // The same file may be chosen again.
          event.target.value = "";
        }}
      />
    </>
  );
}
