import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, realpathSync } from "node:fs";
import path from "node:path";

/** What builds, editors and type checkers leave behind, and what says nothing about a build. */
const NO_SOURCES =
  /^(node_modules|\.next|\.open-next|\.local-cloud|\.sst|\.git|coverage|test-results|next-env\.d\.ts|.*\.tsbuildinfo)$/;
const LOCKFILES = ["package-lock.json", "pnpm-lock.yaml", "yarn.lock", "bun.lock"];

/**
 * A hash of everything that a build reads: the site, the workspace packages
 * that it uses, the lockfile, the declared environment and Node's version.
 * @param root folder of the app; lockfiles are looked for from there upwards
 */
export function hashSources(
  folder: string,
  root: string,
  declared: Readonly<Record<string, string>>,
): string {
  const hash = createHash("sha256");
  hash.update(process.version).update(JSON.stringify(Object.entries(declared).sort()));
  const lockfile = findUpwards(root, LOCKFILES);
  if (lockfile) hash.update(readFileSync(lockfile));
  for (const source of [folder, ...workspacePackages(folder)].sort()) {
    for (const file of listFiles(source)) {
      hash.update(path.relative(root, file)).update("\0").update(readFileSync(file)).update("\0");
    }
  }
  return hash.digest("hex");
}

/** Folders of the dependencies, and of theirs, that are linked instead of installed. */
function workspacePackages(folder: string, found = new Set<string>()): Set<string> {
  const manifest = path.join(folder, "package.json");
  if (!existsSync(manifest)) return found;
  const { dependencies = {} } = JSON.parse(readFileSync(manifest, "utf8")) as {
    dependencies?: Record<string, string>;
  };
  for (const name of Object.keys(dependencies)) {
    const link = findUpwards(folder, [path.join("node_modules", name)]);
    const target = link && realpathSync(link);
    if (!target || target.includes(`${path.sep}node_modules${path.sep}`) || found.has(target)) continue;
    found.add(target);
    workspacePackages(target, found);
  }
  return found;
}

function findUpwards(folder: string, names: readonly string[]): string | undefined {
  for (let current = folder; ; current = path.dirname(current)) {
    const found = names.map((name) => path.join(current, name)).find((file) => existsSync(file));
    if (found || current === path.dirname(current)) return found;
  }
}

/** Files below a folder in a stable order. */
function listFiles(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter(({ name }) => !NO_SOURCES.test(name))
    .flatMap((entry) => {
      const full = path.join(folder, entry.name);
      if (entry.isDirectory()) return listFiles(full);
      return entry.isFile() ? [full] : [];
    })
    .sort();
}
