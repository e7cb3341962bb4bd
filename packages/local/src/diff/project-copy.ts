import { mkdir, readdir, symlink } from "node:fs/promises";
import path from "node:path";
import { platformFolder } from "../synth/platform.ts";

/** Results of builds and data, which a diff neither needs nor may touch. Data of a running cloud changes meanwhile. */
const LEFT_OUT = /^\.(git|sst|next|open-next|local-cloud.*)$/;

/** The file that SST writes link types to. A link to it would let SST write into the project. */
export const LINK_TYPES = "sst-env.d.ts";

/**
 * Makes a second view of a project: real folders with links to its files. A
 * command that writes files writes them there and leaves the project alone.
 */
export async function copyProject(root: string, copy: string): Promise<void> {
  await copyFolder(root, copy);
  const installed = path.dirname(platformFolder(root));
  await mkdir(path.join(copy, ".sst"));
  for (const entry of ["platform", "provider-lock.json"]) {
    await symlink(path.join(installed, entry), path.join(copy, ".sst", entry));
  }
}

async function copyFolder(from: string, to: string): Promise<void> {
  await mkdir(to, { recursive: true });
  for (const entry of await readdir(from, { withFileTypes: true })) {
    const [source, target] = [path.join(from, entry.name), path.join(to, entry.name)];
    if (LEFT_OUT.test(entry.name) || entry.name === LINK_TYPES) continue;
    if (entry.isDirectory() && entry.name !== "node_modules") await copyFolder(source, target);
    else await symlink(source, target);
  }
}
