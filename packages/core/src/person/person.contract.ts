import * as z from "zod";
import { roleSchema } from "../account/account.contract.ts";
import { defineContract, pageInput, pageOf, timestampSchema } from "../contract.ts";
import { idSchema } from "../id.ts";
import { plainText } from "../text.ts";

const accountId = idSchema("account");

/** Somebody as administrators see them. */
export const personSchema = z
  .strictObject({
    accountId,
    email: z.string(),
    displayName: z.string(),
    roles: z.array(roleSchema),
    suspendedAt: timestampSchema.optional(),
    createdAt: timestampSchema,
  })
  .meta({ id: "Person" });
export type PersonView = z.output<typeof personSchema>;

export const auditActions = [
  "role_granted",
  "role_taken",
  "suspended",
  "restored",
  "account_deleted",
] as const;
const namedSchema = z.strictObject({ accountId, displayName: z.string().optional() });

export const auditEntrySchema = z
  .strictObject({
    auditId: idSchema("audit"),
    at: timestampSchema,
    action: z.enum(auditActions),
    role: roleSchema.optional(),
    reason: z.string().optional(),
    /** Without a name when the account is gone. */
    actor: namedSchema,
    target: namedSchema,
    /** Where the actor was: an address, or the name of a command. */
    from: z.string(),
  })
  .meta({ id: "AuditEntry" });
export type AuditEntry = z.output<typeof auditEntrySchema>;

export const personContract = defineContract({
  list: {
    method: "GET",
    path: "/people",
    auth: "admin",
    summary: "People by how their e-mail begins, in the order of their e-mails.",
    input: z.strictObject({
      email: z.string().normalize("NFKC").trim().toLowerCase().min(1).max(254),
      ...pageInput,
    }),
    output: pageOf(personSchema),
    errors: [],
  },
  grantRole: {
    method: "PUT",
    path: "/people/{accountId}/roles/{role}",
    auth: "admin",
    summary: "Gives a person a role, from the next request on.",
    input: z.strictObject({ accountId, role: roleSchema }),
    output: personSchema,
    errors: ["not_found", "conflict"],
  },
  takeRole: {
    method: "DELETE",
    path: "/people/{accountId}/roles/{role}",
    auth: "admin",
    summary: "Takes a role from a person, at once. The last administrator cannot be removed.",
    input: z.strictObject({ accountId, role: roleSchema.exclude(["reader"]) }),
    output: personSchema,
    errors: ["not_found", "conflict", "unprocessable"],
  },
  suspend: {
    method: "PUT",
    path: "/people/{accountId}/suspension",
    auth: "admin",
    summary: "Shuts a person out, at once and everywhere, until restored.",
    input: z.strictObject({ accountId, reason: plainText({ max: 500 }) }),
    output: personSchema,
    errors: ["not_found", "conflict", "unprocessable"],
  },
  restore: {
    method: "DELETE",
    path: "/people/{accountId}/suspension",
    auth: "admin",
    summary: "Lets a suspended person in again.",
    input: z.strictObject({ accountId }),
    output: personSchema,
    errors: ["not_found", "conflict"],
  },
  audit: {
    method: "GET",
    path: "/audit-entries",
    auth: "admin",
    summary: "What administrators did, newest first. Nobody can change it.",
    input: z.strictObject(pageInput),
    output: pageOf(auditEntrySchema),
    errors: [],
  },
});
