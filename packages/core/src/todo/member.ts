import type { ActorCore, Core } from "../core.ts";
import { AppError } from "../errors.ts";
import type { AccountId, ListId } from "../id.ts";
import { todoLimits } from "./todo.contract.ts";
import { type ListMemberRow, listMembers } from "./todo.entity.ts";

/** Who sees a list. Read from an index, so that somebody who has just come may be missing: nothing is decided by it. */
export async function membersOf(core: Core, listId: ListId): Promise<ListMemberRow[]> {
  const { data } = await listMembers(core).query.byList({ listId }).go({ limit: todoLimits.membersPerList });
  return data;
}

/** The lists that somebody sees, at most so many. */
export async function membershipsOf(
  core: Core,
  accountId: AccountId,
  limit: number,
): Promise<ListMemberRow[]> {
  const { data } = await listMembers(core).query.byAccount({ accountId }).go({ consistent: true, limit });
  return data;
}

export async function membership(
  core: Core,
  accountId: AccountId,
  listId: ListId,
): Promise<ListMemberRow | null> {
  const { data } = await listMembers(core).get({ accountId, listId }).go({ consistent: true });
  return data;
}

/** @throws AppError `not_found` for a list that the actor is not in: to them there is none */
export async function ownMembership(core: ActorCore, listId: ListId): Promise<ListMemberRow> {
  const own = await membership(core, core.actor.accountId, listId);
  if (!own) throw new AppError("not_found");
  return own;
}

/** @throws AppError `not_found` as `ownMembership`, `forbidden` for members who do not own the list */
export async function requireOwner(core: ActorCore, listId: ListId): Promise<void> {
  if ((await ownMembership(core, listId)).role !== "owner") throw new AppError("forbidden");
}
