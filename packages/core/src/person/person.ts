import {
  AdminAddUserToGroupCommand,
  AdminDisableUserCommand,
  AdminEnableUserCommand,
  AdminRemoveUserFromGroupCommand,
  AdminUserGlobalSignOutCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { createConversions, type TransactWriteItem } from "electrodb";
import * as z from "zod";
import { roles } from "../account/account.contract.ts";
import { accounts } from "../account/account.entity.ts";
import { accountOf } from "../account/account.ts";
import { initialOf } from "../account/email-initial.ts";
import type { AdminPoolCore } from "../account/user-pool.ts";
import type { ActorCore } from "../core.ts";
import { readPage } from "../cursor.ts";
import { AppError } from "../errors.ts";
import { type AccountId, idSchema } from "../id.ts";
import { operation } from "../operation.ts";
import { ruleSentence } from "../sentences.ts";
import { commit, inTransaction } from "../transaction.ts";
import { auditItem } from "./audit.ts";
import { type PersonView, personContract } from "./person.contract.ts";
import { adminRosters } from "./person.entity.ts";

type AccountRow = Awaited<ReturnType<typeof accountOf>>;
type Changes = Partial<Pick<AccountRow, "roles" | "suspendedAt" | "tokensValidFromSeconds">>;

const placeInList = z.object({ email: z.string(), accountId: idSchema("account") });

export const list = operation(personContract.list.input, async (core: ActorCore, { email, ...request }) => {
  const emailInitial = initialOf(email);
  const { toCursor } = createConversions(accounts(core)).byAccessPattern.byEmail.fromComposite;
  const page = await readPage(core, request, placeInList, (after, limit) => {
    const cursor = after ? toCursor({ emailInitial, ...after }) : null;
    return accounts(core).query.byEmail({ emailInitial }).begins({ email }).go({ limit, cursor });
  });
  return { ...page, items: page.items.map(personOf) };
});

/*
 * Each change is one transaction of the account, the roster of administrators and the audit trail;
 * the user pool follows. Where it could not, the answer says so and the same call again heals it:
 * until then the account's row already refuses what was taken, and tokens lack what was given.
 */

export const grantRole = operation(
  personContract.grantRole.input,
  async (core: AdminPoolCore, { accountId, role }): Promise<PersonView> => {
    const before = await accountOf(core, accountId, { consistent: true });
    const isNew = !before.roles.includes(role);
    // Tokens that are out do not name the role yet: a refresh brings ones that do.
    const changes = {
      roles: roles.filter((one) => one === role || before.roles.includes(one)),
      tokensValidFromSeconds: Math.floor(core.now().getTime() / 1000),
    };
    if (isNew || role === "admin")
      await change(core, before, isNew ? changes : {}, [
        ...(isNew ? [auditItem(core, { action: "role_granted", role, targetId: accountId })] : []),
        ...(role === "admin" && !before.suspendedAt ? [enrol(core, accountId)] : []),
      ]);
    await core.userPool.client.send(
      new AdminAddUserToGroupCommand({ ...userOf(core, accountId), GroupName: role }),
    );
    return personOf(isNew ? { ...before, ...changes } : before);
  },
);

export const takeRole = operation(
  personContract.takeRole.input,
  async (core: AdminPoolCore, { accountId, role }): Promise<PersonView> => {
    const before = await accountOf(core, accountId, { consistent: true });
    const changes = { roles: before.roles.filter((one) => one !== role) };
    if (before.roles.includes(role))
      await change(core, before, changes, [
        auditItem(core, { action: "role_taken", role, targetId: accountId }),
        ...(role === "admin" && !before.suspendedAt ? [strike(core, accountId)] : []),
      ]);
    await core.userPool.client.send(
      new AdminRemoveUserFromGroupCommand({ ...userOf(core, accountId), GroupName: role }),
    );
    return personOf({ ...before, ...changes });
  },
);

export const suspend = operation(
  personContract.suspend.input,
  async (core: AdminPoolCore, { accountId, reason }): Promise<PersonView> => {
    const before = await accountOf(core, accountId, { consistent: true });
    const changes = { suspendedAt: before.suspendedAt ?? core.now().toISOString() };
    if (!before.suspendedAt)
      await change(core, before, changes, [
        auditItem(core, { action: "suspended", reason, targetId: accountId }),
        ...(before.roles.includes("admin") ? [strike(core, accountId)] : []),
      ]);
    const user = userOf(core, accountId);
    await core.userPool.client.send(new AdminDisableUserCommand(user));
    await core.userPool.client.send(new AdminUserGlobalSignOutCommand(user));
    return personOf({ ...before, ...changes });
  },
);

export const restore = operation(
  personContract.restore.input,
  async (core: AdminPoolCore, { accountId }): Promise<PersonView> => {
    const { suspendedAt, ...others } = await accountOf(core, accountId, { consistent: true });
    if (suspendedAt)
      await change(core, { ...others, suspendedAt }, { suspendedAt: undefined }, [
        auditItem(core, { action: "restored", targetId: accountId }),
        ...(others.roles.includes("admin") ? [enrol(core, accountId)] : []),
      ]);
    await core.userPool.client.send(new AdminEnableUserCommand(userOf(core, accountId)));
    return personOf(others);
  },
);

/** @throws AppError `conflict` when somebody changed the account meanwhile, `unprocessable` for the last administrator */
async function change(
  core: ActorCore,
  { accountId, roles: knownRoles, suspendedAt }: AccountRow,
  changes: { readonly [Name in keyof Changes]: Changes[Name] | undefined },
  items: readonly TransactWriteItem[],
): Promise<void> {
  const kept = Object.fromEntries(
    Object.entries(changes).filter(([, value]) => value !== undefined),
  ) as Changes;
  const isRestored = "suspendedAt" in changes && changes.suspendedAt === undefined;
  const patch = inTransaction(accounts(core)).patch({ accountId }).set(kept);
  const account = (isRestored ? patch.remove(["suspendedAt"]) : patch)
    .where((row, is) => is.eq(row.roles, knownRoles))
    .where((row, is) => (suspendedAt ? is.eq(row.suspendedAt, suspendedAt) : is.notExists(row.suspendedAt)))
    .commit();
  const { written, refused } = await commit(core, [account, ...items]);
  if (written) return;
  if (refused[0]) throw new AppError("conflict");
  throw new AppError("unprocessable", { message: ruleSentence("last_admin", core.locale) });
}

const roster = "administrators" as const;

function enrol(core: ActorCore, accountId: AccountId): TransactWriteItem {
  return inTransaction(adminRosters(core))
    .update({ roster })
    .add({ accountIds: [accountId] })
    .commit();
}

/** Of two administrators who remove each other at the same moment, one stays. */
function strike(core: ActorCore, accountId: AccountId): TransactWriteItem {
  return inTransaction(adminRosters(core))
    .patch({ roster })
    .delete({ accountIds: [accountId] })
    .where(
      (row, is) =>
        `${is.contains(row.accountIds, accountId)} AND ${is.size(row.accountIds)} > ${is.escape(1)}`,
    )
    .commit();
}

function userOf({ userPool }: AdminPoolCore, accountId: AccountId) {
  return { UserPoolId: userPool.poolId, Username: accountId.slice("acc_".length) };
}

function personOf({
  accountId,
  email,
  displayName,
  roles: held,
  suspendedAt,
  createdAt,
}: AccountRow): PersonView {
  return {
    accountId,
    email,
    displayName,
    roles: [...held],
    ...(suspendedAt ? { suspendedAt } : {}),
    createdAt,
  };
}
