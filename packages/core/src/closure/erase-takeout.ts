import { DeleteObjectCommand } from "@aws-sdk/client-s3";
import type { ActorCore } from "../core.ts";
import { takeouts } from "../takeout/takeout.entity.ts";
import { type ZipStore, zipKey } from "../takeout/takeout.ts";

/** The zip that the person took along last; earlier ones end by themselves within days. */
export async function eraseTakeout(core: ActorCore & { readonly zips: ZipStore }): Promise<number> {
  const { accountId } = core.actor;
  const { data } = await takeouts(core).get({ accountId }).go({ consistent: true });
  if (!data) return 0;
  const { bucket: Bucket, client } = core.zips;
  await client.send(new DeleteObjectCommand({ Bucket, Key: zipKey(data) }));
  await takeouts(core).delete({ accountId }).go();
  return 1;
}
