/**
 * Builds what the reader pages link to by hand: style sheets and islands, each under a name
 * that carries a hash of its content, and `reader/assets.json`, which maps plain names to these.
 * What draws diagrams (`diagram-assets.ts`) is built once, also while it watches.
 *
 *   tsx scripts/build-assets.ts                    once, minified
 *   tsx scripts/build-assets.ts --watch -- <cmd>   again with each change, while the command runs
 */
import { spawn } from "node:child_process";
import { readdir, rm, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { type BuildOptions, context, type Metafile } from "esbuild";
import { buildDiagramAssets } from "./diagram-assets.ts";

const root = join(import.meta.dirname, "..");
const outputFolder = join(root, "public/assets");
const manifestFile = join(root, "reader/assets.json");

/** Runs before the first paint, hence a classic script. All other islands are modules. */
const blockingIsland = "first";

async function findEntries(): Promise<{ islands: string[]; styles: string[] }> {
  const islands = (await readdir(join(root, "islands"))).filter(
    (file) => file.endsWith(".island.ts") && file !== `${blockingIsland}.island.ts`,
  );
  const styles = (await readdir(join(root, "styles"))).filter((file) => file.endsWith(".entry.css"));
  return {
    islands: islands.map((file) => join(root, "islands", file)),
    styles: styles.map((file) => join(root, "styles", file)),
  };
}

/** `comments.island.ts` becomes `comments.js`, `reader.entry.css` becomes `reader.css`. */
function plainName(entryPoint: string, output: string): string {
  const stem = basename(entryPoint).split(".")[0];
  return `${stem}${output.endsWith(".css") ? ".css" : ".js"}`;
}

function namesOf(metafile: Metafile): [string, string][] {
  return Object.entries(metafile.outputs).flatMap(([output, { entryPoint }]) =>
    entryPoint ? [[plainName(entryPoint, output), `/assets/${basename(output)}`]] : [],
  );
}

const watch = process.argv.includes("--watch");
const common: BuildOptions = {
  absWorkingDir: root,
  outdir: outputFolder,
  entryNames: "[name]-[hash]",
  bundle: true,
  minify: !watch,
  metafile: true,
  target: "es2022",
  logLevel: "warning",
};
const { islands, styles } = await findEntries();
const builds: BuildOptions[] = [
  { ...common, entryPoints: [join(root, `islands/${blockingIsland}.island.ts`)], format: "iife" },
  { ...common, entryPoints: islands, format: "esm" },
  { ...common, entryPoints: styles, target: "esnext" },
  {
    ...common,
    entryPoints: [join(root, "worker/todo-worker.ts")],
    outdir: join(root, "public"),
    // Browsers look for a newer worker under the same name. Nothing else links to it.
    entryNames: "[name]",
    metafile: false,
    format: "iife",
  },
];

const manifest = new Map<string, string>();
async function writeManifest(metafile: Metafile): Promise<void> {
  for (const [name, url] of namesOf(metafile)) manifest.set(name, url);
  const sorted = Object.fromEntries([...manifest].sort(([a], [b]) => a.localeCompare(b)));
  await writeFile(manifestFile, `${JSON.stringify(sorted, null, 2)}\n`);
}

await rm(outputFolder, { recursive: true, force: true });
const contexts = await Promise.all(
  builds.map((options) =>
    context({
      ...options,
      plugins: [
        {
          name: "manifest",
          setup: (build) =>
            build.onEnd(async ({ metafile, errors }) => {
              if (watch && metafile && errors.length === 0) await writeManifest(metafile);
            }),
        },
      ],
    }),
  ),
);

for (const each of contexts) {
  const { metafile } = await each.rebuild();
  if (metafile) await writeManifest(metafile);
}
await buildDiagramAssets(root, common);

const command = process.argv.slice(process.argv.indexOf("--") + 1);
if (!watch) {
  await Promise.all(contexts.map((each) => each.dispose()));
} else {
  await Promise.all(contexts.map((each) => each.watch()));
  const child = spawn(command[0] as string, command.slice(1), { cwd: root, stdio: "inherit" });
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, () => child.kill(signal));
  child.on("exit", (code) => process.exit(code ?? 0));
}
