import { presentableDiff } from "@codemirror/merge";

/** A stretch of text that both have, or that only one of them has. */
export interface Part {
  readonly kind: "same" | "removed" | "added";
  readonly text: string;
}

/** What became of `before` on the way to `after`, in the units that a person reads: words rather than letters. */
export function differenceOf(before: string, after: string): Part[] {
  const parts: Part[] = [];
  const add = (kind: Part["kind"], text: string) => {
    if (text !== "") parts.push({ kind, text });
  };
  let at = 0;
  for (const { fromA, toA, fromB, toB } of presentableDiff(before, after)) {
    add("same", before.slice(at, fromA));
    add("removed", before.slice(fromA, toA));
    add("added", after.slice(fromB, toB));
    at = toA;
  }
  add("same", before.slice(at));
  return parts;
}

/** Lines of context that are shown beside a change. */
const context = 3;

/** Leaves out the middle of long stretches that did not change; `undefined` stands where something is left out. */
export function abridge(parts: readonly Part[]): (Part | undefined)[] {
  return parts.flatMap((part, index) => {
    if (part.kind !== "same") return [part];
    const lines = part.text.split("\n");
    if (lines.length <= context * 2 + 2) return [part];
    const head = index === 0 ? "" : `${lines.slice(0, context).join("\n")}\n`;
    const tail = index === parts.length - 1 ? "" : `\n${lines.slice(-context).join("\n")}`;
    return [
      ...(head ? [{ kind: "same" as const, text: head }] : []),
      undefined,
      ...(tail ? [{ kind: "same" as const, text: tail }] : []),
    ];
  });
}
