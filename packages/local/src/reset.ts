import { existsSync, rmSync } from "node:fs";
import { dataFolderOf, runningProcess } from "./data-folder.ts";

/**
 * Removes all data of an app's local cloud: tables, objects, messages, mails,
 * users, ports.
 * @returns false when there was nothing to remove
 * @throws Error with one sentence while the cloud runs
 */
export function reset(root: string): boolean {
  const running = runningProcess(root);
  if (running !== undefined) {
    throw new Error(`The local cloud runs (process ${running}): stop it before a reset.`);
  }
  const folder = dataFolderOf(root);
  if (!existsSync(folder)) return false;
  rmSync(folder, { recursive: true, force: true });
  return true;
}
