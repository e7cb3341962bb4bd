import type { Client } from "@haru/core/client";
import type { Media } from "@haru/core/media/media.contract";
import { type acceptedTypes, maxFormBytes } from "@haru/core/media/upload.contract";
import type { contracts } from "@haru/core/routes";
import { sendFile } from "./send-file.ts";
import { type PartSending, sendParts } from "./send-parts.ts";

type MediaApi = Client<typeof contracts>["media"];

export interface UploadSending extends PartSending {
  /** Called as soon as the server has made room. */
  readonly onBegun?: (media: Media) => void;
}

/**
 * Uploads a file, by a form or, when it is large, in parts.
 * @param target the picture that it replaces; or the key of a new one, under which another try goes on
 */
export async function uploadFile(
  media: MediaApi,
  file: File,
  contentType: (typeof acceptedTypes)[number],
  target: { readonly mediaId: string } | { readonly idempotencyKey: string },
  sending: UploadSending,
): Promise<void> {
  const { signal, onBegun } = sending;
  const sent = { name: file.name, contentType, bytes: file.size };
  const isNew = "idempotencyKey" in target;
  if (file.size <= maxFormBytes) {
    const begun = await (isNew ? media.begin(sent, target) : media.replace({ ...target, ...sent }));
    onBegun?.(begun.media);
    return sendFile(file, begun.upload, sending);
  }
  const begun = await (isNew ? media.beginParts(sent, target) : media.replaceParts({ ...target, ...sent }));
  onBegun?.(begun.media);
  const { uploadId, partBytes } = begun.upload;
  const address = { mediaId: begun.media.mediaId, uploadId };
  const server = {
    missing: (until: AbortSignal) => media.missingParts(address, { signal: until }),
    complete: (until: AbortSignal) => media.completeParts(address, { signal: until }),
  };
  try {
    await sendParts(file, partBytes, server, sending);
  } catch (error) {
    // Nobody goes on with a replacement that was cancelled. What stays after a failure is taken away by the sweep.
    if (signal.aborted && !isNew) media.abortParts(address).catch(() => {});
    throw error;
  }
}
