import { Unzip, UnzipInflate } from "fflate";

export interface PackedFile {
  /** From the archive's root on, with slashes, and never out of it. */
  readonly path: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

export interface Unpacked {
  readonly files: readonly PackedFile[];
  /** Left out: too large, or with a path that leads out of the archive. */
  readonly refused: readonly { readonly path: string; readonly why: "too_large" | "unsafe_path" }[];
}

/** Something about the archive as a whole. */
export class ArchiveProblem extends Error {
  override readonly name = "ArchiveProblem";
  readonly why: "too_many_files" | "too_large" | "broken";

  constructor(why: ArchiveProblem["why"], options?: ErrorOptions) {
    super(why, options);
    this.why = why;
  }
}

/** What an archive may hold. Sizes are those of what comes out of it, counted while it comes. */
export interface ArchiveLimits {
  readonly mostFiles: number;
  readonly mostBytes: number;
  /** Bytes of one file; 0 for a file that nobody wants. */
  readonly mostBytesOf: (path: string) => number;
}

/** Whether a name stays inside the folder that it is unpacked into, on every system. */
export function isSafePath(path: string): boolean {
  const parts = path.split("/");
  return (
    path.length <= 500 &&
    path.isWellFormed() &&
    !/[\\\p{Cc}]|^[A-Za-z]:/u.test(path) &&
    parts.every((part) => part !== "" && part !== "." && part !== "..")
  );
}

/**
 * Takes a zip archive apart while it is read. What an archive says about its sizes is not believed:
 * a file that turns out larger than it may be is dropped, and the whole is given up at its limit.
 * @throws ArchiveProblem
 */
export async function unpack(stream: ReadableStream<Uint8Array>, limits: ArchiveLimits): Promise<Unpacked> {
  const files: PackedFile[] = [];
  const refused: Unpacked["refused"][number][] = [];
  let problem: ArchiveProblem | undefined;
  let count = 0;
  let total = 0;
  const fail = (why: ArchiveProblem["why"], cause?: unknown) => {
    problem ??= new ArchiveProblem(why, { cause });
  };
  const unzip = new Unzip((file) => {
    const { name: path } = file;
    if (problem || path.endsWith("/")) return;
    if (++count > limits.mostFiles) return fail("too_many_files");
    if (!isSafePath(path)) {
      refused.push({ path: path.slice(0, 200), why: "unsafe_path" });
      return;
    }
    const most = limits.mostBytesOf(path);
    if (most === 0) return;
    const chunks: Uint8Array[] = [];
    let size = 0;
    file.ondata = (error, chunk, isLast) => {
      if (error) return fail("broken", error);
      size += chunk.length;
      total += chunk.length;
      if (total > limits.mostBytes) return fail("too_large");
      if (size <= most) chunks.push(chunk.slice());
      else chunks.length = 0;
      if (!isLast) return;
      if (size > most) refused.push({ path, why: "too_large" });
      else files.push({ path, bytes: join(chunks, size) });
    };
    file.start();
  });
  unzip.register(UnzipInflate);
  const reader = stream.getReader();
  try {
    for (let part = await reader.read(); !part.done; part = await reader.read()) {
      // Small pieces, so that a limit is noticed before much more has come out.
      for (let at = 0; at < part.value.length && !problem; at += pieceBytes)
        unzip.push(part.value.subarray(at, at + pieceBytes));
      if (problem) break;
    }
    if (!problem) unzip.push(new Uint8Array(), true);
  } catch (error) {
    fail("broken", error);
  } finally {
    await reader.cancel();
  }
  if (!problem && count === 0) fail("broken");
  if (problem) throw problem;
  return { files, refused };
}

const pieceBytes = 16_384;

function join(chunks: readonly Uint8Array[], size: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(size);
  let at = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, at);
    at += chunk.length;
  }
  return bytes;
}
