import type { Client } from "@haru/core/client";
import type { contracts } from "@haru/core/routes";
import { filesOfPost } from "@haru/core/transfer/markdown-file";
import type { TransferredPost } from "@haru/core/transfer/transfer.contract";
import { Zip, ZipDeflate, ZipPassThrough } from "fflate";
import { type Manifest, manifestPath } from "./manifest.ts";

type Api = Pick<Client<typeof contracts>, "site" | "transfer">;

interface Source {
  readonly api: Api;
  readonly origin: string;
  readonly now: Date;
  /** The bytes at an address of the site; nothing where there is nothing. */
  readonly fetchBytes: (path: string) => Promise<Uint8Array | undefined>;
  readonly onProgress: (posts: number) => void;
}

/** All posts of the author with their pictures and the site's settings, as one zip archive. */
export async function packSite({ api, origin, now, fetchBytes, onProgress }: Source): Promise<Blob> {
  const parts: BlobPart[] = [];
  const zip = new Zip((error, chunk) => {
    if (error) throw error;
    parts.push(chunk.slice());
  });
  const add = (path: string, bytes: Uint8Array, isPacked = false) => {
    const entry = isPacked ? new ZipPassThrough(path) : new ZipDeflate(path);
    entry.mtime = now;
    zip.add(entry);
    entry.push(bytes, true);
  };
  const encoder = new TextEncoder();
  const pictures = new Set<string>();
  const posts = await readPosts(api, onProgress);
  for (const post of posts) {
    for (const { path, text } of filesOfPost(post)) add(path, encoder.encode(text));
    for (const picture of picturesOf(post)) pictures.add(picture);
  }
  for (const picture of pictures) {
    const bytes = await fetchBytes(picture);
    if (bytes) add(decodeURIComponent(picture).slice(1), bytes, true);
  }
  const { revision: _, ...site } = await api.site.read({});
  const manifest: Manifest = {
    format: "haru-export",
    version: 1,
    exportedAt: now.toISOString(),
    origin,
    posts: posts.length,
    site,
  };
  add(manifestPath, encoder.encode(`${JSON.stringify(manifest, null, 2)}\n`));
  zip.end();
  return new Blob(parts, { type: "application/zip" });
}

/** A post that is saved while they are read comes again at the end; what came last is kept. */
async function readPosts(api: Api, onProgress: Source["onProgress"]): Promise<TransferredPost[]> {
  const posts = new Map<string | undefined, TransferredPost>();
  let cursor: string | undefined;
  do {
    const page = await api.transfer.exportPosts(cursor ? { cursor } : {});
    for (const post of page.items) posts.set(post.postId, post);
    cursor = page.cursor;
    onProgress(posts.size);
  } while (cursor !== undefined);
  return [...posts.values()];
}

/** The addresses of the site's own pictures in a post. */
function picturesOf({ markdown, settings, changes }: TransferredPost): string[] {
  const text = [markdown, settings?.cover?.src, changes?.markdown, changes?.settings.cover?.src].join("\n");
  return text.match(/(?<![\w:/.-])\/media\/[\w./%~-]*[\w%~-]/g) ?? [];
}
