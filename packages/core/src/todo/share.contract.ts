import * as z from "zod";
import { defineContract, timestampSchema } from "../contract.ts";
import { idSchema } from "../id.ts";
import { listRoleSchema } from "./todo.contract.ts";

/** Days that an invitation is good for, and how many a list may have at a time. */
export const invitationDays = 7;
export const mostInvitations = 10;

/** What an owner can make of others. A list has one owner, who made it. */
export const sharedRoleSchema = z.enum(["viewer", "editor"]);
export type SharedRole = z.output<typeof sharedRoleSchema>;

/** 128 random bits. Whoever knows it may join the list. */
const token = z.string().regex(/^[\w-]{22}$/);

const memberSchema = z
  .strictObject({
    accountId: idSchema("account"),
    displayName: z.string(),
    role: listRoleSchema,
    joinedAt: timestampSchema,
  })
  .meta({ id: "ListMember" });
export type Member = z.output<typeof memberSchema>;

const invitationSchema = z
  .strictObject({
    token,
    role: sharedRoleSchema,
    createdAt: timestampSchema,
    expiresAt: timestampSchema,
  })
  .meta({ id: "ListInvitation" });
export type Invitation = z.output<typeof invitationSchema>;

const listId = idSchema("list");
const accountId = idSchema("account");
const members = z.strictObject({ items: z.array(memberSchema) });
const invitations = z.strictObject({ items: z.array(invitationSchema) });

export const shareRoutes = defineContract({
  members: {
    method: "GET",
    path: "/todo-lists/{listId}/members",
    auth: "reader",
    summary: "Who sees a list, and who may change it.",
    input: z.strictObject({ listId }),
    output: members,
    errors: ["not_found"],
  },
  changeRole: {
    method: "PATCH",
    path: "/todo-lists/{listId}/members/{accountId}",
    auth: "reader",
    summary: "Lets a member edit, or only look. The list's open invitations end.",
    input: z.strictObject({ listId, accountId, role: sharedRoleSchema }),
    output: members,
    errors: ["not_found"],
  },
  removeMember: {
    method: "DELETE",
    path: "/todo-lists/{listId}/members/{accountId}",
    auth: "reader",
    summary:
      "Takes somebody out of one's list, with the list's open invitations, or oneself out of another's.",
    input: z.strictObject({ listId, accountId }),
    output: members,
    errors: ["not_found"],
  },
  invite: {
    method: "POST",
    path: "/todo-lists/{listId}/invitations",
    auth: "reader",
    summary: `Makes an address at which others can join one's list for ${invitationDays} days.`,
    input: z.strictObject({ listId, role: sharedRoleSchema }),
    output: invitationSchema,
    status: 201,
    errors: ["not_found", "unprocessable"],
  },
  invitations: {
    method: "GET",
    path: "/todo-lists/{listId}/invitations",
    auth: "reader",
    summary: "The invitations of one's list that are good now.",
    input: z.strictObject({ listId }),
    output: invitations,
    errors: ["not_found"],
  },
  withdrawInvitation: {
    method: "DELETE",
    path: "/todo-lists/{listId}/invitations/{token}",
    auth: "reader",
    summary: "Ends an invitation at once. One that has ended already is no error.",
    input: z.strictObject({ listId, token }),
    output: invitations,
    errors: ["not_found"],
  },
  openInvitation: {
    method: "GET",
    path: "/list-invitations/{listId}/{token}",
    auth: "reader",
    summary: "What an invitation is to, before one joins.",
    input: z.strictObject({ listId, token }),
    output: z.strictObject({
      name: z.string(),
      ownerName: z.string(),
      role: sharedRoleSchema,
      isMember: z.boolean(),
    }),
    errors: ["not_found"],
  },
  join: {
    method: "POST",
    path: "/list-invitations/{listId}/{token}",
    auth: "reader",
    summary: "Joins a list. Whoever is in it already stays what they are.",
    input: z.strictObject({ listId, token }),
    output: z.strictObject({ listId, role: listRoleSchema }),
    errors: ["not_found", "unprocessable"],
  },
});
