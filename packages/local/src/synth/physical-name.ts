import { createHash } from "node:crypto";

/** SST's alphabet for the eight random letters at the end of a physical name. */
const LETTERS = "abcdefhkmnorstuvwxz";
const GENERATED = new RegExp(`^(.+)([-_])[${LETTERS}]{8}(\\.[a-z]+)?$`);

/**
 * SST ends the physical names that it makes with random letters, new ones at
 * every run. Without them a name is the same at every run, and still unique,
 * because app, stage and component stand before them.
 *
 * Only where SST had to cut off a very long component name, two components
 * could share the beginning; the letters are then derived from the URN.
 *
 * @param generated a name that SST made, never one that the program gave
 */
export function stableName(generated: string, urn: string): string {
  const match = GENERATED.exec(generated);
  if (!match) return generated;
  const [, beginning = "", separator = "-", suffix = ""] = match;
  const lastSegment = beginning.slice(beginning.lastIndexOf("/") + 1);
  // A cut name has neither app nor stage, hence no separator of its own.
  if (/[-_]/.test(lastSegment)) return `${beginning}${suffix}`;
  return `${beginning}${separator}${lettersOf(urn)}${suffix}`;
}

function lettersOf(text: string): string {
  const bytes = createHash("sha256").update(text).digest().subarray(0, 8);
  return [...bytes].map((byte) => LETTERS[byte % LETTERS.length]).join("");
}
