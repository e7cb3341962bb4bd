import { randomUUID } from "node:crypto";
import type { Role } from "../src/account/account.contract.ts";
import { open } from "../src/account/account.ts";
import { type ActorCore, createCore } from "../src/core.ts";
import { accountIdOf } from "../src/id.ts";
import type { Locale } from "../src/locale.ts";
import type { Table } from "../src/table.ts";

interface Person {
  readonly role?: Role;
  readonly displayName?: string;
  readonly locale?: Locale;
  readonly now?: () => Date;
}

/** A core on behalf of somebody new whose account is open. */
export async function newPerson(table: Table, person: Person = {}): Promise<ActorCore> {
  const { role = "author", displayName = "김하루", locale = "ko", now } = person;
  const accountId = accountIdOf(randomUUID());
  const core = createCore({
    table,
    locale,
    actor: { accountId, roles: [role] },
    ...(now ? { now } : {}),
  });
  await open(core, { accountId, email: `${accountId}@example.com`, displayName, locale, roles: [role] });
  return core;
}
