import { ListObjectsV2Command, S3Client } from "@aws-sdk/client-s3";
import { ACCESS_KEY_ID, SECRET_ACCESS_KEY } from "../../packages/local/src/credentials.ts";
import { signIn, startSeededCloud } from "../cloud.ts";
import { type Figure, quantile } from "../figure.ts";
import { photoOf } from "./samples.ts";

const uploads = Number(process.env.BENCH_UPLOADS ?? 20);
const photoMegapixels = 12;
const askPauseMilliseconds = 20;
const deadlineMilliseconds = 180_000;

/** How long after an upload has arrived the local cloud has its thumbnail, and all of its files. */
export async function measureArrival(): Promise<Figure[]> {
  const photo = await photoOf(photoMegapixels);
  const cloud = await startSeededCloud();
  const store = new S3Client({
    endpoint: cloud.endpoints.s3,
    region: "us-east-1",
    credentials: { accessKeyId: ACCESS_KEY_ID, secretAccessKey: SECRET_ACCESS_KEY },
    forcePathStyle: true,
  });
  const { name: Bucket } = cloud.links.Media as { name: string };
  const headers = { authorization: `Bearer ${await signIn(cloud)}`, "content-type": "application/json" };
  const call = async (method: string, path: string, body?: object) => {
    const sent = body ? { body: JSON.stringify(body) } : {};
    const response = await fetch(`${cloud.frontDoorUrl}/api${path}`, { method, headers, ...sent });
    if (!response.ok) throw new Error(`${path} answered ${response.status}.`);
    return response.json();
  };
  const [thumbnails, all]: [number[], number[]] = [[], []];
  try {
    for (let round = 0; round < uploads; round++) {
      const bytes = Buffer.concat([photo, Buffer.from(`${round}`)]);
      const file = { name: `${round}.jpg`, contentType: "image/jpeg", bytes: bytes.length };
      const { media, upload } = await call("POST", "/media/uploads", file);
      const form = new FormData();
      for (const [name, value] of Object.entries(upload.fields as Record<string, string>))
        form.append(name, value);
      form.append("file", new Blob([bytes]));
      const sent = await fetch(`${cloud.frontDoorUrl}/uploads`, { method: "POST", body: form });
      if (!sent.ok) throw new Error(`The bucket answered ${sent.status}.`);
      const Prefix = `media/${upload.fields.key.split("/").at(-1)}/thumbnails/`;
      const from = performance.now();
      await until(
        async () => (await store.send(new ListObjectsV2Command({ Bucket, Prefix }))).KeyCount !== 0,
      );
      thumbnails.push(performance.now() - from);
      await until(async () => (await call("GET", `/media/${media.mediaId}`)).state === "ready");
      all.push(performance.now() - from);
    }
  } finally {
    store.destroy();
    await cloud.stop();
  }
  const figures = (name: string, samples: readonly number[]): Figure[] => [
    { name: `${name}-p50`, value: quantile(samples, 0.5), unit: "ms" },
    { name: `${name}-p95`, value: quantile(samples, 0.95), unit: "ms" },
  ];
  return [...figures("arrived-thumbnail", thumbnails), ...figures("arrived-all", all)];
}

async function until(isSo: () => Promise<boolean>): Promise<void> {
  const deadline = performance.now() + deadlineMilliseconds;
  while (!(await isSo())) {
    if (performance.now() > deadline) throw new Error("The picture does not become ready.");
    await new Promise((resolve) => setTimeout(resolve, askPauseMilliseconds));
  }
}
