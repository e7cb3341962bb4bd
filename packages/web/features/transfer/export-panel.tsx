"use client";

import type { Locale } from "@haru/core/locale";
import { useState } from "react";
import { browserApi } from "../../browser-api.ts";
import type { TransferMessages } from "./messages.ts";
import { packSite } from "./pack-site.ts";

/** Makes the archive in this browser and hands it over as a download. */
export function ExportPanel({ locale, text }: { locale: Locale; text: TransferMessages }) {
  const [isBusy, setBusy] = useState(false);
  const [words, setWords] = useState("");

  async function run(): Promise<void> {
    if (isBusy) return;
    setBusy(true);
    let posts = 0;
    try {
      const now = new Date();
      const archive = await packSite({
        api: browserApi(locale),
        origin: location.origin,
        now,
        fetchBytes,
        onProgress: (count) => {
          posts = count;
          setWords(text.exporting(count));
        },
      });
      download(archive, `haru-${now.toISOString().slice(0, 10)}.zip`);
      setWords(text.exported(posts));
    } catch {
      setWords(text.exportFailed);
    }
    setBusy(false);
  }

  return (
    <div className="settings-submit">
      <button type="button" className="button" aria-disabled={isBusy} onClick={run}>
        {text.export}
      </button>
      <p className="note" role="status">
        {words}
      </p>
    </div>
  );
}

async function fetchBytes(path: string): Promise<Uint8Array | undefined> {
  const response = await fetch(path);
  return response.ok ? new Uint8Array(await response.arrayBuffer()) : undefined;
}

function download(archive: Blob, name: string): void {
  const url = URL.createObjectURL(archive);
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  // Browsers read the address after this task.
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
