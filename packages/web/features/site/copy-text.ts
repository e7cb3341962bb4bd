import type { Locale } from "@haru/core/locale";

interface CopyMessages {
  readonly copied: string;
  readonly refused: string;
}

const copyMessages: Record<Locale, CopyMessages> = {
  ko: { copied: "복사했습니다.", refused: "브라우저가 복사를 막았습니다. 직접 선택해서 복사해 주세요." },
  en: {
    copied: "Copied.",
    refused: "Your browser did not allow copying. Please select the text and copy it.",
  },
};

/**
 * Puts a text on the clipboard.
 * @returns whether it is there: browsers may refuse, and give pages without HTTPS no clipboard at all
 */
export async function copyText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}

export interface CopyOutcome {
  readonly isCopied: boolean;
  /** Says to the person how it went. */
  readonly sentence: string;
}

export async function copyAndSay(text: string, locale: Locale): Promise<CopyOutcome> {
  const { copied, refused } = copyMessages[locale];
  const isCopied = await copyText(text);
  return { isCopied, sentence: isCopied ? copied : refused };
}
