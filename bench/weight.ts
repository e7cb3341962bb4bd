import { brotliCompressSync } from "node:zlib";

interface Weight {
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
  return {
    bytes: sizes.reduce((sum, size) => sum + size, brotliCompressSync(html).length),
    requests: 1 + sizes.length,
  };
}
