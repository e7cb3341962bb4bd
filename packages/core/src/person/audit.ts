import { createConversions, type TransactWriteItem } from "electrodb";
import * as z from "zod";
import type { Role } from "../account/account.contract.ts";
import { accounts } from "../account/account.entity.ts";
import type { ActorCore } from "../core.ts";
import { readPage } from "../cursor.ts";
import { type AccountId, idSchema } from "../id.ts";
import { operation } from "../operation.ts";
import { inTransaction } from "../transaction.ts";
import { type AuditEntry, personContract } from "./person.contract.ts";
import { auditEntries } from "./person.entity.ts";

const trail = "site" as const;

interface Entry {
  readonly action: AuditEntry["action"];
  readonly targetId: AccountId;
  readonly role?: Role;
  readonly reason?: string;
}

/** Belongs into the transaction of what it tells: nothing is done without a word about it. */
export function auditItem(core: ActorCore, entry: Entry): TransactWriteItem {
  const row = {
    trail,
    auditId: core.newId("audit"),
    at: core.now().toISOString(),
    actorId: core.actor.accountId,
    from: core.caller?.address ?? "?",
    ...entry,
  };
  return inTransaction(auditEntries(core)).create(row).commit();
}

const placeInTrail = z.object({ auditId: idSchema("audit") });

export const audit = operation(personContract.audit.input, async (core: ActorCore, request) => {
  const { toCursor } = createConversions(auditEntries(core)).byAccessPattern.byTrail.fromComposite;
  const page = await readPage(core, request, placeInTrail, (after, limit) => {
    const cursor = after ? toCursor({ trail, ...after }) : null;
    return auditEntries(core).query.byTrail({ trail }).go({ limit, cursor, order: "desc" });
  });
  const names = await namesOf(
    core,
    page.items.flatMap(({ actorId, targetId }) => [actorId, targetId]),
  );
  const named = (accountId: AccountId) => {
    const displayName = names.get(accountId);
    return displayName === undefined ? { accountId } : { accountId, displayName };
  };
  const items = page.items.map(
    ({ auditId, at, action, role, reason, actorId, targetId, from }): AuditEntry => ({
      auditId,
      at,
      action,
      ...(role ? { role } : {}),
      ...(reason ? { reason } : {}),
      actor: named(actorId),
      target: named(targetId),
      from,
    }),
  );
  return { ...page, items };
});

/** One batch for the whole page: the trail holds no names, so that it outlives an account without personal data. */
async function namesOf(core: ActorCore, ids: readonly AccountId[]): Promise<ReadonlyMap<AccountId, string>> {
  const keys = [...new Set(ids)].map((accountId) => ({ accountId }));
  if (keys.length === 0) return new Map();
  const { data } = await accounts(core).get(keys).go();
  return new Map(data.map(({ accountId, displayName }) => [accountId, displayName]));
}
