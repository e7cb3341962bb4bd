import { LineCounter, parseDocument } from "yaml";
import type { Locale } from "../locale.ts";
import { planMessages } from "./plan-messages.ts";

/** Something in a file that keeps it from being imported. */
export class ImportProblem extends Error {
  override readonly name = "ImportProblem";
  /** 1-based, in the file. */
  readonly line: number | undefined;

  constructor(reason: string, line?: number) {
    super(reason);
    this.line = line;
  }
}

export interface FrontMatter {
  readonly fields: Readonly<Record<string, unknown>>;
  /** The text after the front matter. */
  readonly body: string;
  readonly bodyLine: number;
  /** The line on which a field stands; the first line for one that is missing. */
  lineOf(field: string): number;
}

/**
 * Separates the YAML between two lines of hyphens from the text behind it.
 * @returns nothing when the file does not begin with such a line
 * @throws ImportProblem with the line of the mistake
 */
export function readFrontMatter(text: string, locale: Locale): FrontMatter | undefined {
  const words = planMessages[locale];
  const lines = text.replace(/^\ufeff/, "").split(/\r\n|\n|\r/);
  if (lines[0]?.trimEnd() !== "---") return undefined;
  const end = lines.findIndex((line, index) => index > 0 && line.trimEnd() === "---");
  if (end < 0) throw new ImportProblem(words.openFrontMatter, 1);

  const counter = new LineCounter();
  const yaml = lines.slice(1, end).join("\n");
  const document = parseDocument(yaml, { lineCounter: counter, prettyErrors: false, version: "1.2" });
  const fileLine = (offset: number) => counter.linePos(offset).line + 1;
  const [error] = document.errors;
  if (error) throw new ImportProblem(words.badYaml(error.message), fileLine(error.pos[0]));

  let value: unknown;
  try {
    value = document.toJS({ maxAliasCount: 20 });
  } catch (cause) {
    // Aliases that multiply each other, or one that names nothing.
    throw new ImportProblem(words.unreadable((cause as Error).message), 1);
  }
  if (value !== null && (typeof value !== "object" || Array.isArray(value)))
    throw new ImportProblem(words.notNames, 2);
  const fields = new Map<string, number>();
  if (document.contents && "items" in document.contents) {
    for (const item of document.contents.items) {
      const key =
        "key" in item ? (item.key as { value?: unknown; range?: [number, number, number] }) : undefined;
      if (key?.range) fields.set(String(key.value), fileLine(key.range[0]));
    }
  }
  return {
    fields: (value ?? {}) as Record<string, unknown>,
    // Spaces before the first words stay: they may be what makes them code.
    body: lines
      .slice(end + 1)
      .join("\n")
      .replace(/^(?:[ \t]*\n)+/, "")
      .trimEnd(),
    bodyLine: end + 2,
    lineOf: (field) => fields.get(field) ?? 1,
  };
}
