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
