/** What an author says after the three backticks, for instance `js {1,3-5} src/app.js`. */
interface FenceInfo {
  /** The first word as written; empty when there is none. */
  readonly language: string;
  readonly fileName: string | undefined;
  /** Collapsed at first. */
  readonly hidden: boolean;
  /** 1-based, inclusive. */
  readonly markedLines: readonly { readonly from: number; readonly to: number }[];
}

export function parseFenceInfo(info: string): FenceInfo {
  const marks = /\{([\d\s,-]*)\}/.exec(info);
  const quotedTitle = /\b(?:title|filename|file|name)=(?:"([^"]*)"|'([^']*)'|(\S+))/.exec(info);
  const words = [marks, quotedTitle].reduce((rest, part) => (part ? rest.replace(part[0], " ") : rest), info);
  // Without a language the info begins with the marks, which have just become a space.
  const [first = "", ...rest] = words.trimEnd().split(/\s+/);
  // `ts:src/app.ts` and a language alone are the two shapes of the first word.
  const [, language = "", fileInFirst] = /^([\w+#.-]*)(?::(.+))?/.exec(first) ?? [];
  return {
    language,
    fileName:
      quotedTitle?.[1] ??
      quotedTitle?.[2] ??
      quotedTitle?.[3] ??
      fileInFirst ??
      rest.find((word) => /^[\p{L}\p{N}_@[\]()./-]+$/u.test(word) && /[./]/.test(word)),
    hidden: rest.includes("hidden"),
    markedLines: (marks?.[1] ?? "").split(",").flatMap(parseRange),
  };
}

function parseRange(text: string): { from: number; to: number }[] {
  const [, from, to] = /^\s*(\d{1,6})\s*(?:-\s*(\d{1,6})\s*)?$/.exec(text) ?? [];
  return from ? [{ from: Number(from), to: Number(to ?? from) }] : [];
}
