import { randomBytes } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";

/** The one secret of a data folder, 32 bytes, drawn at the first start. All random values are derived from it. */
export function randomSecret(dataFolder: string): Buffer {
  const file = path.join(dataFolder, "random-secret");
  if (!existsSync(file)) {
    mkdirSync(dataFolder, { recursive: true });
    writeFileSync(file, randomBytes(32), { mode: 0o600 });
  }
  return readFileSync(file);
}
