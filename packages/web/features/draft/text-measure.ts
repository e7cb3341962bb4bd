export interface Measure {
  /** Words of scripts that have spaces between them, and each Hangul or Han word as one. */
  readonly words: number;
  readonly characters: number;
}

/** How long a text is, without the marks of Markdown. */
export function measure(markdown: string): Measure {
  const text = markdown.replaceAll(/[#>*_`~|[\]()!-]+/g, " ").trim();
  return {
    words: text === "" ? 0 : text.split(/\s+/).filter((word) => /[\p{L}\p{N}]/u.test(word)).length,
    characters: [...text.replaceAll(/\s+/g, "")].length,
  };
}

export interface OutlineEntry {
  readonly level: number;
  readonly text: string;
  /** 1-based line of the heading. */
  readonly line: number;
}

/** The headings of a text; what only looks like one inside a block of code is none. */
export function outlineOf(markdown: string): OutlineEntry[] {
  const entries: OutlineEntry[] = [];
  let fence = "";
  for (const [index, line] of markdown.split("\n").entries()) {
    const mark = /^ {0,3}(`{3,}|~{3,})/.exec(line)?.[1];
    if (mark && fence === "") fence = mark;
    else if (mark && mark[0] === fence[0] && mark.length >= fence.length) fence = "";
    const [, marks = "", text = ""] =
      fence === "" ? (/^ {0,3}(#{1,6})\s+(.*?)\s*#*\s*$/.exec(line) ?? []) : [];
    if (marks && text) entries.push({ level: marks.length, text, line: index + 1 });
  }
  return entries;
}
