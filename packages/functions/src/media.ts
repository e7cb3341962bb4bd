import { avatarIdOf } from "@haru/core/id";
import { readAvatar, removeAvatar } from "@haru/core/media/avatar";
import { beginAvatar } from "@haru/core/media/avatar-upload";
import { list, read, readMany, remove, update, usage, uses } from "@haru/core/media/media";
import { mediaContract } from "@haru/core/media/media.contract";
import {
  abortParts,
  beginParts,
  completeParts,
  missingParts,
  replaceParts,
} from "@haru/core/media/multipart-upload";
import { begin, replace } from "@haru/core/media/upload";
import { changeWatermark, readWatermark } from "@haru/core/media/watermark-setting";
import { withObjects } from "./core.ts";
import { serve } from "./http.ts";
import { thenAskWorker } from "./media-work.ts";

const named = (_: unknown, { mediaId }: { readonly mediaId: string }) => mediaId;

export const handler = serve(mediaContract, {
  begin: withObjects(begin),
  replace: withObjects(replace),
  beginParts: withObjects(beginParts),
  replaceParts: withObjects(replaceParts),
  missingParts: withObjects(missingParts),
  completeParts: withObjects(completeParts),
  abortParts: thenAskWorker(abortParts, named),
  list,
  usage,
  readMany,
  read,
  uses,
  update: thenAskWorker(update, named),
  remove: thenAskWorker(remove, named),
  beginAvatar: withObjects(beginAvatar),
  readAvatar,
  removeAvatar: thenAskWorker(removeAvatar, ({ actor }) => avatarIdOf(actor.accountId)),
  readWatermark,
  changeWatermark,
});
