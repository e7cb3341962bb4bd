import type { Core } from "../core.ts";
import type { ListId } from "../id.ts";
import { todoLimits } from "./todo.contract.ts";
import { type ListMemberRow, listMembers } from "./todo.entity.ts";

/** Who sees a list. Read from an index, so that somebody who has just come may be missing: nothing is decided by it. */
export async function membersOf(core: Core, listId: ListId): Promise<ListMemberRow[]> {
  const { data } = await listMembers(core).query.byList({ listId }).go({ limit: todoLimits.membersPerList });
  return data;
}
