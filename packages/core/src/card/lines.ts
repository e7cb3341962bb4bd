/** A text as it is set: the height of an em, and its lines. */
export interface Setting {
  readonly size: number;
  readonly lines: readonly string[];
}

interface Room {
  readonly width: number;
  /** From the largest to the smallest, each with the lines that it has room for. */
  readonly sizes: readonly { readonly size: number; readonly mostLines: number }[];
}

type Measure = (text: string, size: number) => number;

/** Sets a text as large as it fits, its lines about equally long. What fits nowhere ends in an ellipsis. */
export function setText(text: string, { width, sizes }: Room, measure: Measure): Setting {
  for (const { size, mostLines } of sizes) {
    const lines = balance(text, width, size, measure);
    if (lines.length <= mostLines) return { size, lines };
  }
  const { size, mostLines } = sizes.at(-1) ?? { size: 0, mostLines: 0 };
  const lines = breakLines(text, width, size, measure).slice(0, mostLines);
  return { size, lines: [...lines.slice(0, -1), `${shorten(lines.at(-1) ?? "", width, size, measure)}…`] };
}

/** As narrow as the text can be without a line more. */
function balance(text: string, width: number, size: number, measure: Measure): string[] {
  let lines = breakLines(text, width, size, measure);
  for (let narrower = width * 0.95; narrower > width / 2; narrower -= width * 0.05) {
    const next = breakLines(text, narrower, size, measure);
    if (next.length > lines.length) break;
    lines = next;
  }
  return lines;
}

/** Breaks between words, as the pages do in Hangul too, and inside of those alone that fill more than a line. */
function breakLines(text: string, width: number, size: number, measure: Measure): string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(" ").flatMap((word) => breakWord(word, width, size, measure))) {
    const longer = line === "" ? word : `${line} ${word}`;
    if (line !== "" && measure(longer, size) > width) {
      lines.push(line);
      line = word;
    } else line = longer;
  }
  return [...lines, line];
}

function breakWord(word: string, width: number, size: number, measure: Measure): string[] {
  if (measure(word, size) <= width) return [word];
  const parts: string[] = [];
  let part = "";
  for (const character of word) {
    if (part !== "" && measure(part + character, size) > width) {
      parts.push(part);
      part = "";
    }
    part += character;
  }
  return [...parts, part];
}

function shorten(line: string, width: number, size: number, measure: Measure): string {
  const characters = [...line];
  while (characters.length > 1 && measure(`${characters.join("")}…`, size) > width) characters.pop();
  return characters.join("").trimEnd();
}
