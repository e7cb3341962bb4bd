import { GetObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { Resource } from "sst";
import { save } from "./save.ts";

interface Batch {
  readonly Records: readonly { readonly messageId: string; readonly body: string }[];
}
interface Upload {
  readonly Records?: readonly { readonly s3: { readonly object: { readonly key: string } } }[];
}

const client = new S3Client({});

/** Reads each uploaded object; a message that is no upload fails until it is given up. */
export async function handler({ Records }: Batch) {
  const batchItemFailures: { itemIdentifier: string }[] = [];
  for (const { messageId, body } of Records) {
    const uploads = (JSON.parse(body) as Upload).Records;
    if (!uploads) batchItemFailures.push({ itemIdentifier: messageId });
    for (const upload of uploads ?? []) {
      const Key = decodeURIComponent(upload.s3.object.key.replaceAll("+", " "));
      const { Body } = await client.send(new GetObjectCommand({ Bucket: Resource.Uploads.name, Key }));
      await save(`upload#${Key}`, { text: await Body?.transformToString() });
    }
  }
  return { batchItemFailures };
}
