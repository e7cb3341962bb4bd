import { existsSync, readFileSync, statSync } from "node:fs";
import path from "node:path";
import type { ProvisionRequest } from "./resource.ts";

export interface Declaration {
  /** For instance `sst:aws:Bucket "Media"`. */
  readonly component: string;
  /** Path of the file that declares it, relative to the root; `undefined` when no file names it. */
  readonly file: string | undefined;
}

/**
 * Finds the component that a resource belongs to, and the file in which a
 * person wrote it down. Components name their parts after themselves
 * (`MediaBucket` belongs to `Media`), so the longest declared name that the
 * resource's name begins with is the component's.
 */
export function findDeclaration(
  root: string,
  resource: Pick<ProvisionRequest, "name" | "parent" | "type">,
): Declaration {
  const parent = resource.parent ? parseUrn(resource.parent) : undefined;
  const component = parent ? `${parent.type} "${parent.name}"` : `${resource.type} "${resource.name}"`;
  const name = parent?.name ?? resource.name;
  let best: { name: string; file: string } | undefined;
  for (const [file, names] of declaredNames(root)) {
    for (const declared of names) {
      if (name.startsWith(declared) && declared.length > (best?.name.length ?? 0))
        best = { name: declared, file };
    }
  }
  return { component, file: best?.file };
}

/** `urn:pulumi:stage::app::sst:aws:Nextjs$sst:aws:Function::Web` is the Function `Web`. */
export function parseUrn(urn: string): { type: string; name: string } {
  const [, , types = "", name = ""] = urn.split("::");
  return { type: types.split("$").at(-1) ?? types, name };
}

/** The names in `new Something("Name"`, by the files that `sst.config.ts` reaches. */
function declaredNames(root: string): Map<string, Set<string>> {
  const names = new Map<string, Set<string>>();
  const files = [path.join(root, "sst.config.ts")];
  const seen = new Set(files);
  for (const file of files) {
    if (!existsSync(file)) continue;
    const text = readFileSync(file, "utf8");
    const declared = [...text.matchAll(/\bnew\s+[\w.]+\(\s*["'`]([\w-]+)["'`]/g)].map(
      (match) => match[1] ?? "",
    );
    names.set(path.relative(root, file), new Set(declared));
    for (const [, specifier = ""] of text.matchAll(/(?:from|import)\s*\(?\s*["'](\.[^"']+)["']/g)) {
      const imported = resolveModule(path.resolve(path.dirname(file), specifier));
      if (imported && !seen.has(imported)) {
        seen.add(imported);
        files.push(imported);
      }
    }
  }
  return names;
}

function resolveModule(base: string): string | undefined {
  const candidates = [base, `${base}.ts`, base.replace(/\.js$/, ".ts"), path.join(base, "index.ts")];
  return candidates.find((candidate) => existsSync(candidate) && statSync(candidate).isFile());
}
