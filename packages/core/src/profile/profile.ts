import { accounts } from "../account/account.entity.ts";
import { accountOf } from "../account/account.ts";
import type { ActorCore, Core } from "../core.ts";
import { AppError } from "../errors.ts";
import { type AccountId, idSchema } from "../id.ts";
import { avatarsOf } from "../media/avatar.ts";
import { operation } from "../operation.ts";
import { ruleSentence } from "../sentences.ts";
import { commit, inTransaction } from "../transaction.ts";
import { handles } from "./handle.entity.ts";
import { type OwnProfile, type Profile, profileContract } from "./profile.contract.ts";

type AccountRow = Awaited<ReturnType<typeof accountOf>>;

export const read = operation(
  profileContract.read.input,
  async (core: Core, { name }): Promise<Profile> =>
    publicPart(core, await accountOf(core, await idOf(core, name))),
);

async function idOf(core: Core, name: string): Promise<AccountId> {
  const id = idSchema("account").safeParse(name);
  if (id.success) return id.data;
  const { data } = await handles(core).get({ handle: name }).go();
  if (!data) throw new AppError("not_found");
  return data.accountId;
}

export const own = operation(
  profileContract.own.input,
  async (core: ActorCore): Promise<OwnProfile> => ownPart(core, await accountOf(core, core.actor.accountId)),
);

export const update = operation(
  profileContract.update.input,
  async (core: ActorCore, settings): Promise<OwnProfile> => {
    const { accountId } = core.actor;
    const { written } = await commit(core, [
      inTransaction(accounts(core)).patch({ accountId }).set(settings).commit(),
    ]);
    if (!written) throw new AppError("not_found");
    return ownPart(core, await accountOf(core, accountId, { consistent: true }));
  },
);

/**
 * Takes a handle in one transaction with the account, so that of two people who want the same one
 * exactly one gets it. Sent again it changes nothing, and a person may take back one of their own.
 * @throws AppError `conflict` when the account changed its handle elsewhere at the same moment
 */
export const changeHandle = operation(
  profileContract.changeHandle.input,
  async (core: ActorCore, { handle }): Promise<OwnProfile> => {
    const { accountId } = core.actor;
    const account = await accountOf(core, accountId, { consistent: true });
    if (account.handle === handle) return ownPart(core, account);
    const before = account.handle;
    const { written, refused } = await commit(core, [
      inTransaction(handles(core))
        .put({ handle, accountId, createdAt: core.now().toISOString() })
        .where((row, is) => `${is.notExists(row.handle)} OR ${is.eq(row.accountId, accountId)}`)
        .commit(),
      inTransaction(accounts(core))
        .patch({ accountId })
        .set({ handle })
        .where((row, is) => (before === undefined ? is.notExists(row.handle) : is.eq(row.handle, before)))
        .commit(),
    ]);
    if (written) return ownPart(core, { ...account, handle });
    if (refused[0])
      throw new AppError("invalid_input", {
        fields: { handle: [ruleSentence("handle_taken", core.locale)] },
      });
    throw new AppError("conflict");
  },
);

async function publicPart(core: Core, account: AccountRow): Promise<Profile> {
  const { accountId, handle, displayName, bio = "", createdAt } = account;
  const avatar = (await avatarsOf(core, [accountId])).get(accountId);
  return {
    accountId,
    ...(handle === undefined ? {} : { handle }),
    displayName,
    bio,
    ...(avatar ? { avatar } : {}),
    createdAt,
  };
}

async function ownPart(core: Core, account: AccountRow): Promise<OwnProfile> {
  const { locale, theme = "system" } = account;
  return { ...(await publicPart(core, account)), locale, theme };
}
