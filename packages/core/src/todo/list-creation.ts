import type { TransactWriteItem } from "electrodb";
import { accountOf } from "../account/account.ts";
import type { ActorCore } from "../core.ts";
import { inTransaction } from "../transaction.ts";
import type { Mutation } from "./mutation.contract.ts";
import type { Planned } from "./plan.ts";
import { hasRoom } from "./room.ts";
import type { Refusal } from "./sync.contract.ts";
import { inboxIdOf, isInboxId } from "./todo.contract.ts";
import { type ListRow, listMembers, lists } from "./todo.entity.ts";

interface Creation {
  readonly planned: Planned;
  readonly items: readonly TransactWriteItem[];
}

/** Plans a new list with its first member. Two devices that make the same inbox make one list. */
export async function planCreation(
  core: ActorCore,
  mutation: Extract<Mutation, { readonly name: "list.create" }>,
  at: string,
): Promise<Creation> {
  const { listId, name, color } = mutation.args;
  const { accountId } = core.actor;
  // An id that follows from somebody else's account is theirs, made or not.
  if (isInboxId(listId) && listId !== inboxIdOf(accountId)) return refuse(mutation, "exists");
  const { data: known } = await lists(core).get({ listId }).go({ consistent: true });
  if (known) return known.ownerId === accountId ? accept(mutation, []) : refuse(mutation, "exists");
  if (!(await hasRoom(core, accountId))) return refuse(mutation, "full");
  const { displayName } = await accountOf(core, accountId);
  const list: ListRow = {
    listId,
    ownerId: accountId,
    name,
    color,
    seq: 1,
    memberCount: 1,
    todoCount: 0,
    createdAt: at,
  };
  const member = { accountId, listId, role: "owner" as const, displayName, joinedAt: at };
  return accept(mutation, [
    inTransaction(lists(core)).create(list).commit(),
    inTransaction(listMembers(core)).put(member).commit(),
  ]);
}

function accept({ mutationId, args }: Mutation, items: readonly TransactWriteItem[]): Creation {
  const seqs = items.length > 0 ? { [args.listId]: 1 } : {};
  return { planned: { outcome: { mutationId, outcome: "accepted", seqs }, changes: [] }, items };
}

function refuse({ mutationId }: Mutation, reason: Refusal): Creation {
  return { planned: { outcome: { mutationId, outcome: "refused", reason }, changes: [] }, items: [] };
}
