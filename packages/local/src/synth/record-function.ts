import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import type { FunctionBuild } from "../cloud.ts";
import type { RecordedFunction } from "./recording.ts";

/** Keeps of a bundled function what it may read, call and run. */
export async function recordFunction(build: FunctionBuild, root: string): Promise<RecordedFunction> {
  const { handler, bundle, links, folder } = build;
  const common = { links: Object.keys(links).sort() };
  if (bundle !== undefined)
    return { ...common, source: undefined, reads: undefined, calls: undefined, modules: undefined };
  const parts = await readParts(folder);
  const code = [...parts.values()].join("\n");
  return {
    ...common,
    source: handler,
    reads: readsOf(code),
    calls: callsOf(code),
    modules: await modulesOf([...parts.keys()], root),
  };
}

/**
 * Code by file: the entry and the parts that it leads to. A part that only code imports that was shaken out
 * stands beside them and is never loaded.
 */
async function readParts(folder: string): Promise<Map<string, string>> {
  const names = (await readdir(folder)).filter((name) => name.endsWith(".mjs"));
  const parts = new Map<string, string>();
  const waiting = ["bundle.mjs"];
  for (let name = waiting.pop(); name; name = waiting.pop()) {
    const file = path.join(folder, name);
    if (parts.has(file)) continue;
    const code = await readFile(file, "utf8");
    parts.set(file, code);
    waiting.push(...names.filter((other) => code.includes(`"./${other}"`)));
  }
  return parts;
}

/** What was not shaken out of a bundle is what the function may read. */
function readsOf(code: string): string[] {
  const names = [...code.matchAll(/\bResource\d*\.([A-Z]\w*)/g)].map(([, name]) => name as string);
  return [...new Set(names)].filter((name) => name !== "App").sort();
}

/** Commands that are made anywhere in a bundle, and the one call that is a function of its own. */
function callsOf(code: string): string[] {
  const commands = [...code.matchAll(/\bnew (\w+?)Command\d*\(/g)].map(([, name]) => name as string);
  const forms = [...code.matchAll(/\b(createPresignedPost)\d*\(/g)].map(([, name]) => name as string);
  return [...new Set([...commands, ...forms])].sort();
}

/** A module of which nothing was left is not in a source map either. */
async function modulesOf(files: readonly string[], root: string): Promise<string[]> {
  const maps = await Promise.all(files.map((file) => readFile(`${file}.map`, "utf8")));
  const modules = maps.flatMap((text) => {
    const { sourceRoot, sources } = JSON.parse(text) as { sourceRoot: string; sources: readonly string[] };
    return sources
      .filter((source) => !source.includes("node_modules"))
      .map((source) => path.relative(root, fileURLToPath(new URL(sourceRoot + source))));
  });
  return [...new Set(modules)].sort();
}
