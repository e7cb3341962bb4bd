import { Zip, ZipDeflate, ZipPassThrough } from "fflate";

export interface ZipFile {
  /** With slashes, from the top of the zip on. */
  readonly path: string;
  readonly bytes: Uint8Array;
  /** Pictures are as small as they get. */
  readonly isCompressed?: boolean;
}

/** A zip of files that come one after the other, in the pieces in which it is made. */
export async function* zipOf(files: AsyncIterable<ZipFile>): AsyncGenerator<Uint8Array> {
  let pieces: Uint8Array[] = [];
  const zip = new Zip((error, piece) => {
    if (error) throw error;
    pieces.push(piece);
  });
  for await (const { path, bytes, isCompressed = false } of files) {
    const entry = isCompressed ? new ZipPassThrough(path) : new ZipDeflate(path, { level: 6 });
    zip.add(entry);
    entry.push(bytes, true);
    const made = pieces;
    pieces = [];
    yield* made;
  }
  zip.end();
  yield* pieces;
}
