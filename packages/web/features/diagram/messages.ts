import type { Locale } from "@haru/core/locale";

/** What stands beside diagrams. */
export interface DiagramMessages {
  /** In place of a description that its author did not give. */
  readonly alternative: string;
  readonly source: string;
  /** To authors alone: a reader has the code. */
  readonly refused: (line: number | undefined) => string;
  readonly tooMuch: string;
  readonly notLoaded: string;
}

export const diagramMessages: Readonly<Record<Locale, DiagramMessages>> = {
  ko: {
    alternative: "다이어그램. 아래의 ‘원본 보기’에서 글로 읽을 수 있습니다.",
    source: "원본 보기",
    refused: (line) =>
      `다이어그램으로 그릴 수 없어 코드로 보입니다. ${line === undefined ? "문법을" : `${line}번째 줄을`} 살펴보세요.`,
    tooMuch: "너무 크거나 복잡해서 그릴 수 없는 다이어그램이라 코드로 보입니다. 여러 개로 나누어 보세요.",
    notLoaded: "다이어그램을 그릴 준비를 하지 못해 코드로 보입니다. 연결을 확인해 주세요.",
  },
  en: {
    alternative: "Diagram. Its source, below, says the same in words.",
    source: "Show the source",
    refused: (line) =>
      `This cannot be drawn and is shown as code. Look at ${line === undefined ? "how it is written" : `line ${line}`}.`,
    tooMuch:
      "This is too large or too intricate to be drawn and is shown as code. Make several diagrams of it.",
    notLoaded: "What draws diagrams could not be loaded, so this is shown as code. Check your connection.",
  },
};
