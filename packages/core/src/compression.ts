import { promisify } from "node:util";
import { brotliCompress, brotliDecompress, constants } from "node:zlib";
import { AppError } from "./errors.ts";

const compressBytes = promisify(brotliCompress);
const decompressBytes = promisify(brotliDecompress);

/** DynamoDB takes items of 400 KB; the rest of the item and its keys need some of it. */
const mostBytes = 390_000;

/** Level 5 makes Korean Markdown a third of its size in a few milliseconds. */
const options = {
  params: {
    [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT,
    [constants.BROTLI_PARAM_QUALITY]: 5,
  },
};

/**
 * Text as an attribute of an item.
 * @throws AppError `too_large` when no item can hold it
 */
export async function compress(text: string): Promise<Uint8Array> {
  const bytes = await compressBytes(text, options);
  if (bytes.length > mostBytes) throw new AppError("too_large");
  return bytes;
}

export async function decompress(bytes: Uint8Array): Promise<string> {
  return (await decompressBytes(bytes)).toString();
}
