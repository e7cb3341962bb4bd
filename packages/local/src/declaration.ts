import { existsSync, readFileSync, statSync } from "node:fs";
import path from "node:path";

/** A component as a person wrote it down. */
export interface Declaration {
  readonly name: string;
  /** For instance `infra/storage.ts:12`. */
  readonly place: string;
}

const DECLARED = /\bnew\s+[\w.]+\(\s*["'`]([\w-]+)["'`]/g;
const IMPORTED = /\b(?:from|import)\s*\(?\s*["'](\.[^"']+)["']/g;

/**
 * Finds the declaration that a component belongs to, by its name. Methods such
 * as `subscribe` make components whose place in the source nothing tells, but
 * they are named after the one whose method it is (`JobsSubscriberVmrtab`
 * belongs to `Jobs`): the longest declared name that it begins with is meant.
 */
export function findDeclaration(root: string, component: string): Declaration | undefined {
  let found: Declaration | undefined;
  const files = [path.join(root, "sst.config.ts")];
  for (const file of files) {
    if (!existsSync(file)) continue;
    const text = readFileSync(file, "utf8");
    for (const { 1: name = "", index } of text.matchAll(DECLARED)) {
      if (!component.startsWith(name) || name.length <= (found?.name.length ?? 0)) continue;
      const line = text.slice(0, index).split("\n").length;
      found = { name, place: `${path.relative(root, file)}:${line}` };
    }
    for (const [, specifier = ""] of text.matchAll(IMPORTED)) {
      const imported = resolveModule(path.resolve(path.dirname(file), specifier));
      if (imported && !files.includes(imported)) files.push(imported);
    }
  }
  return found;
}

function resolveModule(base: string): string | undefined {
  const candidates = [base, `${base}.ts`, base.replace(/\.js$/, ".ts"), path.join(base, "index.ts")];
  return candidates.find((candidate) => existsSync(candidate) && statSync(candidate).isFile());
}
