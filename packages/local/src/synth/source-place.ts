import path from "node:path";
import { fileURLToPath } from "node:url";

const PLACE = /((?:file:\/\/)?\/[^():]+):(\d+):\d+/;

/**
 * The first place of a stack trace that lies in the app's own code, as
 * `infra/storage.ts:12`: not in a package, not in SST's platform, not here.
 */
export function findSourcePlace(stack: string | undefined, root: string): string | undefined {
  for (const line of stack?.split("\n") ?? []) {
    const [, location, lineNumber] = PLACE.exec(line) ?? [];
    if (!location) continue;
    const file = location.startsWith("file:") ? fileURLToPath(location) : location;
    const relative = path.relative(root, file);
    if (relative.startsWith("..") || relative.includes("node_modules") || relative.startsWith(".sst"))
      continue;
    if (file.startsWith(import.meta.dirname)) continue;
    return `${relative}:${lineNumber}`;
  }
  return undefined;
}
