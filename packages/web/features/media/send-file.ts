/** A form that the bucket takes one file with. */
interface UploadForm {
  readonly fields: Readonly<Record<string, string>>;
}

/** How the sending of bytes is watched. */
export interface Sending {
  readonly signal: AbortSignal;
  /** Is called with a share from 0 to 1. */
  readonly onProgress: (share: number) => void;
}

/** The bucket, under the site's own origin (`infra/images.ts`), so that no page needs another. */
const address = "/uploads";

/** The file did not arrive; trying again may help. */
class SendFailed extends Error {
  override readonly name = "SendFailed";
}

/**
 * Sends a file by a form.
 * @throws SendFailed, or the signal's reason
 */
export function sendFile(file: Blob, { fields }: UploadForm, sending: Sending): Promise<void> {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.append(name, value);
  // Fields after the file are not read.
  form.append("file", file);
  return send("POST", address, form, sending);
}

/**
 * Sends one part of a file to the address that was signed for it.
 * @throws SendFailed, or the signal's reason
 */
export function sendPart(part: Blob, url: string, sending: Sending): Promise<void> {
  return send("PUT", url.slice(url.indexOf(`${address}/`)), part, sending);
}

/** By `XMLHttpRequest`, because `fetch` tells nothing of how far it is while it sends. */
function send(
  method: string,
  url: string,
  body: FormData | Blob,
  { signal, onProgress }: Sending,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    const abort = () => {
      request.abort();
      reject(signal.reason);
    };
    if (signal.aborted) return reject(signal.reason);
    signal.addEventListener("abort", abort, { once: true });
    request.upload.onprogress = ({ loaded, total }) => onProgress(total > 0 ? loaded / total : 0);
    request.onloadend = () => {
      signal.removeEventListener("abort", abort);
      if (request.status >= 200 && request.status < 300) resolve();
      else reject(new SendFailed(`The bucket answered ${request.status}.`));
    };
    request.open(method, url);
    request.send(body);
  });
}
