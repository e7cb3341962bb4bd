import { brotliCompressSync } from "node:zlib";

export interface Weight {
  /** The page itself. */
  readonly html: Buffer;
  readonly compressedHtml: Buffer;
  /** Of the page and the files that it names. */
  readonly bytes: number;
  readonly requests: number;
}

/** What a browser that has nothing kept asks for to show a page: the page and the files that it names, compressed. */
export async function weigh(address: string): Promise<Weight> {
  const read = async (url: string) => {
    const response = await fetch(url);
    if (!response.ok) throw new Error(`${url} answered ${response.status}.`);
    return Buffer.from(await response.arrayBuffer());
  };
  const html = await read(address);
  const files = new Set(
    [...html.toString().matchAll(/(?:href|src)="(\/assets\/[^"]+)"/g)].map(([, file]) => file as string),
  );
  const sizes = await Promise.all(
    [...files].map(async (file) => brotliCompressSync(await read(new URL(file, address).href)).length),
  );
  const compressedHtml = brotliCompressSync(html);
  return {
    html,
    compressedHtml,
    bytes: sizes.reduce((sum, size) => sum + size, compressedHtml.length),
    requests: 1 + sizes.length,
  };
}
