import type { Core } from "../core.ts";
import type { AccountId } from "../id.ts";
import { membershipsOf } from "./member.ts";
import { readLists } from "./pull.ts";
import { mostListsInPull } from "./sync.contract.ts";
import { todoLimits } from "./todo.contract.ts";

/**
 * Whether somebody may be in one list more. Deleted ones can be restored, so that they leave room for others, and
 * not for more than a device can ask about.
 */
export async function hasRoom(core: Core, accountId: AccountId): Promise<boolean> {
  const most = todoLimits.listsPerAccount;
  const memberships = await membershipsOf(core, accountId, mostListsInPull);
  if (memberships.length < most) return true;
  if (memberships.length >= mostListsInPull) return false;
  const lists = await readLists(core, memberships);
  return lists.filter(({ deletedAt }) => !deletedAt).length < most;
}
