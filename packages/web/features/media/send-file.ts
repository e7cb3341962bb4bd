/** A form that the bucket takes one file with. */
interface UploadForm {
  readonly fields: Readonly<Record<string, string>>;
}

/** The bucket, under the site's own origin (`infra/images.ts`), so that no page needs another. */
const address = "/uploads";

/** The file did not arrive; trying again may help. */
class SendFailed extends Error {
  override readonly name = "SendFailed";
}

/**
 * Sends a file and tells how far it is. `XMLHttpRequest`, because `fetch` tells nothing while it sends.
 * @param onProgress is called with a share from 0 to 1
 * @throws SendFailed, or the signal's reason
 */
export function sendFile(
  file: Blob,
  { fields }: UploadForm,
  { signal, onProgress }: { readonly signal: AbortSignal; readonly onProgress: (share: number) => void },
): Promise<void> {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.append(name, value);
  // Fields after the file are not read.
  form.append("file", file);
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
    request.open("POST", address);
    request.send(form);
  });
}
