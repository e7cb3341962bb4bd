/**
 * The line of a source, from 1, that Mermaid means by a number: it counts without what it takes away before it
 * reads (front matter, comments, empty lines in front), and goes on counting behind the end.
 */
export function sourceLine(source: string, line: number): number {
  const [matter = ""] = /^\s*---\n[\s\S]*?\n---\n/.exec(source) ?? [];
  const before = matter.split("\n").length;
  const lines = source
    .slice(matter.length)
    .split("\n")
    .map((text, at) => ({ text, line: before + at }))
    .filter(({ text }) => !/^\s*%%/.test(text));
  const isWritten = ({ text }: { readonly text: string }) => text.trim() !== "";
  const read = lines.slice(lines.findIndex(isWritten), lines.findLastIndex(isWritten) + 1);
  return read[Math.min(line, read.length) - 1]?.line ?? 1;
}
