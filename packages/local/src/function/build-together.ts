import { readdir, rm } from "node:fs/promises";
import path from "node:path";
import { type BuildOptions, type BuildResult, build, type Metafile } from "esbuild";

/** How long a build waits for others that are asked for at the same time. */
const GATHER_MS = 25;

/** What builds must have in common to be one: everything but their entries. */
export type SharedOptions = Omit<BuildOptions, "entryPoints" | "metafile" | "write"> & {
  readonly absWorkingDir: string;
  readonly outdir: string;
};

export interface Entry {
  /** Path of the output below `outdir`, without extension. No other entry has it. */
  readonly name: string;
  /** Absolute path of the source. */
  readonly file: string;
}

export interface Built {
  /** What the output exports. */
  readonly exports: readonly string[];
  /** Absolute paths of all files that were read for it. */
  readonly inputs: readonly string[];
}

interface Waiting {
  readonly entry: Entry;
  resolve(built: Built): void;
  reject(reason: unknown): void;
}

const gathering = new Map<string, { readonly waiting: Waiting[]; timer: NodeJS.Timeout | undefined }>();

/**
 * Builds one entry, together with those that others ask for at the same time with the same options. A
 * module that many functions import is read and parsed once for all of them: of forty functions, a third
 * of the time.
 * @throws BuildFailure of this entry alone
 */
export function buildTogether(options: SharedOptions, entry: Entry): Promise<Built> {
  return new Promise((resolve, reject) => {
    const key = JSON.stringify(options);
    const batch = gathering.get(key) ?? { waiting: [], timer: undefined };
    gathering.set(key, batch);
    batch.waiting.push({ entry, resolve, reject });
    clearTimeout(batch.timer);
    batch.timer = setTimeout(() => {
      gathering.delete(key);
      void settle(options, batch.waiting);
    }, GATHER_MS);
  });
}

/** The building that was asked for last, whatever came of it. */
let lastAlone: Promise<unknown> = Promise.resolve();

/**
 * Builds one entry for itself, as one whose parts are files of their own must be: shared, they would be cut by
 * what other entries load. One after the other, since each keeps all processors busy: forty at once are no
 * sooner and take 8 GB. Nothing else stays in `outdir`.
 * @throws BuildFailure
 */
export function buildAlone(options: SharedOptions, entry: Entry): Promise<Built> {
  const built = lastAlone.then(async () => {
    const { metafile } = await run(options, [entry]);
    await removeOthers(options.outdir, Object.keys(metafile.outputs));
    return builtOf(metafile, entry, options.absWorkingDir);
  });
  lastAlone = built.catch(() => {});
  return built;
}

/** Parts are named by what is in them: those of an earlier bundle would stay for ever. */
async function removeOthers(folder: string, outputs: readonly string[]): Promise<void> {
  const written = new Set(outputs.map((output) => path.basename(output)));
  const others = (await readdir(folder)).filter((name) => !written.has(name));
  await Promise.all(others.map((name) => rm(path.join(folder, name), { recursive: true })));
}

async function settle(options: SharedOptions, waiting: readonly Waiting[]): Promise<void> {
  let metafile: Metafile;
  try {
    ({ metafile } = await run(
      options,
      waiting.map(({ entry }) => entry),
    ));
  } catch (error) {
    const [only] = waiting;
    if (waiting.length === 1) only?.reject(error);
    // Whose mistake it is, and that the others are right, shows when each is built alone.
    else await Promise.all(waiting.map((one) => settle(options, [one])));
    return;
  }
  for (const { entry, resolve } of waiting) resolve(builtOf(metafile, entry, options.absWorkingDir));
}

function run(options: SharedOptions, entries: readonly Entry[]): Promise<BuildResult<{ metafile: true }>> {
  const entryPoints = entries.map(({ name, file }) => ({ in: file, out: name }));
  return build({ ...options, entryPoints, metafile: true });
}

function builtOf({ inputs, outputs }: Metafile, { file }: Entry, root: string): Built {
  const own = path.relative(root, file);
  const output = Object.values(outputs).find(({ entryPoint }) => entryPoint === own);
  const found = new Set<string>();
  const walk = (input: string) => {
    if (found.has(input) || !inputs[input]) return;
    found.add(input);
    for (const { path: imported } of inputs[input].imports) walk(imported);
  };
  walk(own);
  return { exports: output?.exports ?? [], inputs: [...found].map((input) => path.resolve(root, input)) };
}
