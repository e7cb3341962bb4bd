import type { TransactWriteItem } from "electrodb";
import type { ActorCore, Core } from "../core.ts";
import { AppError } from "../errors.ts";
import type { AccountId, ListId } from "../id.ts";
import { operation } from "../operation.ts";
import { inTransaction } from "../transaction.ts";
import { changeSharing } from "./change-sharing.ts";
import { invitationsOf } from "./invitation.ts";
import { membership, membersOf, ownMembership, requireOwner } from "./member.ts";
import { type Member, shareRoutes } from "./share.contract.ts";
import { type ListMemberRow, listInvitations, listMembers } from "./todo.entity.ts";

export const members = operation(shareRoutes.members.input, async (core: ActorCore, { listId }) => {
  await ownMembership(core, listId);
  return { items: (await membersOf(core, listId)).map(memberOf) };
});

/** Whoever is made a viewer may know an invitation to editors, so that the invitations of the list end with it. */
export const changeRole = operation(
  shareRoutes.changeRole.input,
  async (core: ActorCore, { listId, accountId, role }) => {
    await changeSharing(core, listId, 0, async () => {
      await requireOwner(core, listId);
      const member = await membership(core, accountId, listId);
      if (!member || member.role === "owner") throw new AppError("not_found");
      if (member.role === role) return undefined;
      const change = inTransaction(listMembers(core)).patch({ accountId, listId }).set({ role });
      return [
        change.where((row, { eq }) => eq(row.role, member.role)).commit(),
        isOwner(core, listId),
        ...(await endInvitations(core, listId)),
      ];
    });
    const items = (await membersOf(core, listId)).map(memberOf);
    return { items: items.map((one) => (one.accountId === accountId ? { ...one, role } : one)) };
  },
);

/**
 * Takes a member out, or the actor themselves. Whoever was put out knows the list's invitations, so
 * that those end with it. Sent again it changes nothing.
 * @throws AppError `forbidden` for an owner who wants to leave: they can delete the list
 */
export const removeMember = operation(
  shareRoutes.removeMember.input,
  async (core: ActorCore, { listId, accountId }) => {
    if (accountId === core.actor.accountId) return leave(core, listId);
    await changeSharing(core, listId, -1, async () => {
      await requireOwner(core, listId);
      if (!(await membership(core, accountId, listId))) return undefined;
      return [
        removal(core, listId, accountId),
        isOwner(core, listId),
        ...(await endInvitations(core, listId)),
      ];
    });
    const items = (await membersOf(core, listId)).map(memberOf);
    return { items: items.filter((one) => one.accountId !== accountId) };
  },
);

async function leave(core: ActorCore, listId: ListId): Promise<{ items: Member[] }> {
  await changeSharing(core, listId, -1, async () => {
    const { role } = await ownMembership(core, listId);
    if (role === "owner") throw new AppError("forbidden");
    return [removal(core, listId, core.actor.accountId)];
  });
  return { items: [] };
}

function removal(core: Core, listId: ListId, accountId: AccountId): TransactWriteItem {
  return inTransaction(listMembers(core))
    .delete({ accountId, listId })
    .where(({ role }, { eq }) => `${eq(role, "viewer")} OR ${eq(role, "editor")}`)
    .commit();
}

function isOwner(core: ActorCore, listId: ListId): TransactWriteItem {
  return inTransaction(listMembers(core))
    .check({ accountId: core.actor.accountId, listId })
    .where(({ role }, { eq }) => eq(role, "owner"))
    .commit();
}

async function endInvitations(core: Core, listId: ListId): Promise<TransactWriteItem[]> {
  const rows = await invitationsOf(core, listId);
  return rows.map(({ token }) => inTransaction(listInvitations(core)).delete({ listId, token }).commit());
}

function memberOf({ accountId, displayName, role, joinedAt }: ListMemberRow): Member {
  return { accountId, displayName, role, joinedAt };
}
