import { maxMarkdownBytes } from "@haru/core/post/post.contract";
import type { ImportFile, ImportNote } from "@haru/core/transfer/plan";
import type { MarkdownOf } from "./foreign-post.ts";
import { filesOfGhost } from "./ghost.ts";
import { type Manifest, manifestPath, manifestSchema } from "./manifest.ts";
import type { TransferMessages } from "./messages.ts";
import { ArchiveProblem, type PackedFile, unpack } from "./unpack.ts";
import { filesOfWordPress } from "./wordpress.ts";

/** What somebody dropped, as far as it can be imported. */
export interface Dropped {
  readonly files: readonly ImportFile[];
  readonly notes: readonly ImportNote[];
  /** The settings of the site that an export comes from. */
  readonly site: Manifest["site"] | undefined;
}

/** Front matter comes on top of the text. */
const maxFileBytes = maxMarkdownBytes + 50_000;
const mostExportBytes = 200_000_000;
const limits = {
  mostFiles: 20_000,
  mostBytes: 1_000_000_000,
  mostBytesOf: (path: string) => (path === manifestPath || isMarkdown(path) ? maxFileBytes : 0),
};

const isMarkdown = (path: string) =>
  /\.(?:md|mdx|markdown)$/i.test(path) && !/(?:^|\/)(?:\.|__MACOSX)/.test(path);

/** Reads archives, exports of other systems and single files of Markdown, each by what is in it. */
export async function readDropped(
  dropped: readonly File[],
  markdownOf: MarkdownOf,
  text: TransferMessages,
): Promise<Dropped> {
  const files: ImportFile[] = [];
  const notes: ImportNote[] = [];
  let site: Dropped["site"];
  for (const file of dropped) {
    const fail = (reason: string) => notes.push({ path: file.name, reason });
    if (await isZip(file)) {
      try {
        const packed = await unpack(file.stream(), limits);
        const read = readFiles(packed.files, text);
        files.push(...read.files);
        notes.push(
          ...read.notes,
          ...packed.refused.map(({ path, why }) => ({ path, reason: text.refused[why] })),
        );
        site ??= siteOf(packed.files);
      } catch (error) {
        if (!(error instanceof ArchiveProblem)) throw error;
        fail(text.archive[error.why]);
      }
    } else if (file.size > (isMarkdown(file.name) ? maxFileBytes : mostExportBytes))
      fail(text.refused.too_large);
    else {
      const content = await file.text();
      const found = isMarkdown(file.name)
        ? [{ path: file.name, text: content }]
        : (filesOfGhost(content, markdownOf) ?? filesOfWordPress(content, markdownOf));
      if (found) files.push(...found);
      else fail(text.unknownFile);
    }
  }
  return { files, notes, site };
}

async function isZip(file: File): Promise<boolean> {
  const [p, k] = new Uint8Array(await file.slice(0, 2).arrayBuffer());
  return p === 0x50 && k === 0x4b;
}

function readFiles(packed: readonly PackedFile[], text: TransferMessages) {
  const files: ImportFile[] = [];
  const notes: ImportNote[] = [];
  const decoder = new TextDecoder("utf-8", { fatal: true });
  const root = commonFolder(packed.map(({ path }) => path));
  for (const { path, bytes } of packed) {
    if (!isMarkdown(path)) continue;
    try {
      files.push({ path: path.slice(root.length), text: decoder.decode(bytes) });
    } catch {
      notes.push({ path, reason: text.notText });
    }
  }
  return { files, notes };
}

/** The one folder that everything stands in, as archives of a repository have it; a language is none. */
function commonFolder(paths: readonly string[]): string {
  const [folder = ""] = paths[0]?.match(/^[^/]+\//) ?? [];
  const isShared = folder !== "" && paths.every((path) => path.startsWith(folder));
  return isShared && !/^(?:ko|en)\/$/.test(folder) ? folder : "";
}

function siteOf(packed: readonly PackedFile[]): Dropped["site"] {
  const manifest = packed.find(({ path }) => path === manifestPath);
  if (!manifest) return undefined;
  try {
    return manifestSchema.safeParse(JSON.parse(new TextDecoder().decode(manifest.bytes))).data?.site;
  } catch {
    return undefined; // A file of that name that is not ours.
  }
}
