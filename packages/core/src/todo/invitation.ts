import { randomBytes } from "node:crypto";
import { accountOf } from "../account/account.ts";
import type { ActorCore, Core } from "../core.ts";
import { AppError } from "../errors.ts";
import type { ListId } from "../id.ts";
import { operation } from "../operation.ts";
import { ruleSentence } from "../sentences.ts";
import { commit, inTransaction } from "../transaction.ts";
import { changeSharing } from "./change-sharing.ts";
import { membership, requireOwner } from "./member.ts";
import { hasRoom } from "./room.ts";
import { type Invitation, invitationDays, mostInvitations, shareRoutes } from "./share.contract.ts";
import type { ListRole } from "./todo.contract.ts";
import { type ListInvitationRow, listInvitations, listMembers, lists } from "./todo.entity.ts";

const daySeconds = 24 * 60 * 60;

/** The invitations of a list that are good now. */
export async function invitationsOf(core: Core, listId: ListId): Promise<ListInvitationRow[]> {
  const { data } = await listInvitations(core)
    .query.byList({ listId })
    .go({ limit: mostInvitations * 2, consistent: true });
  return data.filter((row) => isGood(core, row));
}

export const invite = operation(shareRoutes.invite.input, async (core: ActorCore, { listId, role }) => {
  await requireOwner(core, listId);
  if ((await invitationsOf(core, listId)).length >= mostInvitations)
    throw new AppError("unprocessable", { message: ruleSentence("many_invitations", core.locale) });
  const now = core.now();
  const row = {
    listId,
    token: randomBytes(16).toString("base64url"),
    role,
    createdAt: now.toISOString(),
    expireAt: Math.floor(now.getTime() / 1000) + invitationDays * daySeconds,
  };
  const { written } = await commit(core, [
    inTransaction(listInvitations(core)).create(row).commit(),
    inTransaction(listMembers(core))
      .check({ accountId: core.actor.accountId, listId })
      .where((member, { eq }) => eq(member.role, "owner"))
      .commit(),
  ]);
  if (!written) throw new AppError("not_found");
  return invitationOf(row);
});

export const invitations = operation(shareRoutes.invitations.input, async (core: ActorCore, { listId }) => {
  await requireOwner(core, listId);
  return { items: (await invitationsOf(core, listId)).map(invitationOf) };
});

export const withdrawInvitation = operation(
  shareRoutes.withdrawInvitation.input,
  async (core: ActorCore, { listId, token }) => {
    await requireOwner(core, listId);
    await listInvitations(core).delete({ listId, token }).go();
    return { items: (await invitationsOf(core, listId)).map(invitationOf) };
  },
);

export const openInvitation = operation(
  shareRoutes.openInvitation.input,
  async (core: ActorCore, { listId, token }) => {
    const { accountId } = core.actor;
    const [{ role }, { data: list }, member] = await Promise.all([
      goodInvitation(core, listId, token),
      lists(core).get({ listId }).go({ consistent: true }),
      membership(core, accountId, listId),
    ]);
    if (!list || list.deletedAt) throw new AppError("not_found");
    const { displayName: ownerName } = await accountOf(core, list.ownerId);
    return { name: list.name, ownerName, role, isMember: member !== null };
  },
);

/** Sent again it finds the person in the list and changes nothing. */
export const join = operation(shareRoutes.join.input, async (core: ActorCore, { listId, token }) => {
  const { accountId } = core.actor;
  let role: ListRole = "viewer";
  await changeSharing(core, listId, 1, async () => {
    const invitation = await goodInvitation(core, listId, token);
    const member = await membership(core, accountId, listId);
    role = member?.role ?? invitation.role;
    return member ? undefined : arrival(core, invitation);
  });
  return { listId, role };
});

async function arrival(core: ActorCore, { listId, token, role }: ListInvitationRow) {
  const { accountId } = core.actor;
  if (!(await hasRoom(core, accountId)))
    throw new AppError("unprocessable", { message: ruleSentence("many_lists", core.locale) });
  const { displayName } = await accountOf(core, accountId);
  const joinedAt = core.now().toISOString();
  return [
    inTransaction(listMembers(core)).create({ accountId, listId, role, displayName, joinedAt }).commit(),
    inTransaction(listInvitations(core))
      .check({ listId, token })
      .where(({ expireAt }, { gt }) => gt(expireAt, Math.floor(core.now().getTime() / 1000)))
      .commit(),
  ];
}

async function goodInvitation(core: Core, listId: ListId, token: string): Promise<ListInvitationRow> {
  const { data } = await listInvitations(core).get({ listId, token }).go({ consistent: true });
  if (!data || !isGood(core, data)) throw new AppError("not_found");
  return data;
}

/** The table deletes late. */
function isGood({ now }: Core, { expireAt }: ListInvitationRow): boolean {
  return expireAt > now().getTime() / 1000;
}

function invitationOf({ token, role, createdAt, expireAt }: ListInvitationRow): Invitation {
  return { token, role, createdAt, expiresAt: new Date(expireAt * 1000).toISOString() };
}
