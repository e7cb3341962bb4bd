"use client";

import { type DragEvent, useId, useState } from "react";
import type { TransferMessages } from "./messages.ts";

interface DropZoneProps {
  readonly text: TransferMessages;
  readonly onFiles: (files: readonly File[]) => void;
}

/** A place for files to be dropped on; with a keyboard they are chosen. */
export function DropZone({ text, onFiles }: DropZoneProps) {
  const id = useId();
  const [isOver, setOver] = useState(false);

  function take(event: DragEvent): void {
    event.preventDefault();
    setOver(false);
    if (event.dataTransfer.files.length > 0) onFiles([...event.dataTransfer.files]);
  }

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: dropping is an addition; the input in it does the same.
    <div
      className="drop-zone"
      data-over={isOver || undefined}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={take}
    >
      <p className="drop-zone-title">{text.drop}</p>
      <p className="note">{text.dropHint}</p>
      <input
        id={id}
        className="visually-hidden"
        type="file"
        multiple
        accept=".zip,.md,.mdx,.markdown,.xml,.json"
        onChange={(event) => {
          const files = [...(event.target.files ?? [])];
          if (files.length > 0) onFiles(files);
        }}
      />
      <label htmlFor={id} className="button button-quiet">
        {text.pick}
      </label>
    </div>
  );
}
