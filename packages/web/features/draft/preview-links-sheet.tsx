"use client";

import type { Locale } from "@haru/core/locale";
import { type PreviewLink, previewLinkDays } from "@haru/core/preview-link/preview-link.contract";
import { useEffect, useId, useState } from "react";
import { browserApi } from "../../browser-api.ts";
import { copyAndSay } from "../site/copy-text.ts";
import { Sheet } from "../site/sheet.tsx";
import type { DraftMessages } from "./messages.ts";
import { formatMinute } from "./shown-state.ts";

interface PreviewLinksSheetProps {
  readonly postId: string;
  readonly lang: Locale;
  readonly locale: Locale;
  readonly text: DraftMessages;
  readonly onTell: (sentence: string) => void;
  readonly onClose: () => void;
}

/** Private addresses of a draft: made for some days, copied, withdrawn. */
export function PreviewLinksSheet({ postId, lang, locale, text, onTell, onClose }: PreviewLinksSheetProps) {
  const words = text.links;
  const id = useId();
  const { previewLink } = browserApi(locale);
  const [links, setLinks] = useState<readonly PreviewLink[]>();
  const [days, setDays] = useState<(typeof previewLinkDays)[number]>(7);

  const [isMaking, setMaking] = useState(false);

  async function make(): Promise<void> {
    if (isMaking) return;
    setMaking(true);
    await attempt(async () => [await previewLink.create({ postId, days }), ...(links ?? [])]);
    setMaking(false);
  }
  async function attempt(change: () => Promise<readonly PreviewLink[]>): Promise<void> {
    try {
      setLinks(await change());
    } catch {
      onTell(text.failed);
    }
  }
  // biome-ignore lint/correctness/useExhaustiveDependencies: once for each opening of the panel.
  useEffect(() => {
    attempt(async () => (await previewLink.list({ postId })).items);
  }, [postId]);

  const addressOf = (token: string) => `${location.origin}/${lang}/preview/${postId}/${token}`;

  return (
    <Sheet title={words.title} close={text.close} onClose={onClose}>
      <div className="sheet-body">
        <p className="note">{words.text}</p>
        <div className="link-maker">
          <label htmlFor={id}>{words.duration}</label>
          <select
            id={id}
            className="input"
            value={days}
            onChange={(event) => setDays(Number(event.target.value) as typeof days)}
          >
            {previewLinkDays.map((count) => (
              <option key={count} value={count}>
                {words.days[count]}
              </option>
            ))}
          </select>
          <button type="button" className="button button-small" aria-disabled={isMaking} onClick={make}>
            {words.make}
          </button>
        </div>
        {links?.length === 0 && <p className="note">{words.empty}</p>}
        <ul className="links">
          {links?.map(({ token, expiresAt }) => (
            <li key={token}>
              <a className="text-link" href={addressOf(token)} target="_blank" rel="noopener">
                {addressOf(token)}
              </a>
              <p className="meta">{words.until(formatMinute(expiresAt, locale))}</p>
              <div className="link-actions">
                <button
                  type="button"
                  className="button button-quiet button-small"
                  onClick={async () => onTell((await copyAndSay(addressOf(token), locale)).sentence)}
                >
                  {words.copy}
                </button>
                <button
                  type="button"
                  className="button button-quiet button-small"
                  onClick={() =>
                    attempt(async () => {
                      const { items } = await previewLink.withdraw({ postId, token });
                      onTell(words.withdrawn);
                      return items;
                    })
                  }
                >
                  {words.withdraw}
                </button>
              </div>
            </li>
          ))}
        </ul>
      </div>
    </Sheet>
  );
}
