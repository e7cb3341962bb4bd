import type { ActorCore, Core } from "../core.ts";
import { AppError } from "../errors.ts";
import { type AccountId, accountIdOfAvatar, avatarIdOf, isAvatarId } from "../id.ts";
import { operation } from "../operation.ts";
import { changeMedia, readMedia, removal } from "./change.ts";
import { type AvatarState, mediaContract } from "./media.contract.ts";
import { type MediaRow, media } from "./media.entity.ts";
import type { Avatar } from "./picture.contract.ts";
import { avatarOf } from "./picture.ts";

/** So many accounts are asked about in one batch; no page shows more people. */
const mostAtOnce = 100;

export const readAvatar = operation(
  mediaContract.readAvatar.input,
  async (core: ActorCore): Promise<AvatarState> =>
    stateOf(await readMedia(core, avatarIdOf(core.actor.accountId))),
);

export const removeAvatar = operation(
  mediaContract.removeAvatar.input,
  async (core: ActorCore): Promise<AvatarState> => {
    await changeMedia(core, avatarIdOf(core.actor.accountId), (row) => removal(core, row));
    return stateOf(undefined);
  },
);

function stateOf(row: MediaRow | undefined): AvatarState {
  if (!row) return { state: "none" };
  const { state, refusal, picture } = row;
  return {
    state,
    ...(refusal ? { refusal } : {}),
    ...(picture ? { avatar: avatarOf(picture) } : {}),
  };
}

/** The avatars of those who have one, with one batch of reads. */
export async function avatarsOf(
  core: Core,
  accountIds: readonly AccountId[],
): Promise<ReadonlyMap<AccountId, Avatar>> {
  const asked = [...new Set(accountIds)].slice(0, mostAtOnce);
  if (asked.length === 0) return new Map();
  const { data, unprocessed } = await media(core)
    .get(asked.map((accountId) => ({ mediaId: avatarIdOf(accountId) })))
    .go();
  // The site keeps what it reads.
  if (unprocessed.length > 0) throw new AppError("unavailable");
  return new Map(
    data.flatMap(({ mediaId, picture }) =>
      picture && isAvatarId(mediaId) ? [[accountIdOfAvatar(mediaId), avatarOf(picture)]] : [],
    ),
  );
}
