/**
 * Builds what draws diagrams: the first script of their frame and two engines, and writes
 * `reader/diagram-frame.json`, from which the frame's page and its policy are made.
 */
import { createHash } from "node:crypto";
import { readFile, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { type BuildOptions, build, type Plugin } from "esbuild";
import { lackingName } from "../diagram/lacking.ts";
import { type EngineName, engineNames } from "../features/diagram/protocol.ts";

/** The parts of Mermaid that most diagrams need, as the beginnings of their files' names. */
const commonParts = /\/(?:flowDiagram|sequenceDiagram|classDiagram|stateDiagram|erDiagram|dagre)-/;

/** Puts an error in the place of what Mermaid would load when it needs it, but for the common parts. */
const withoutRareParts: Plugin = {
  name: "without rare parts",
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /./ }, ({ kind, path }) =>
      kind === "dynamic-import" && !commonParts.test(path) ? { path, namespace: "lacking" } : undefined,
    );
    onLoad({ filter: /./, namespace: "lacking" }, ({ path }) => ({
      contents: `throw Object.assign(new Error(${JSON.stringify(path)}), { name: ${JSON.stringify(lackingName)} });`,
    }));
  },
};

const plugins: Readonly<Record<EngineName, Plugin[]>> = { common: [withoutRareParts], whole: [] };

/** @param common of all builds: where their files go, and how they are made */
export async function buildDiagramAssets(root: string, common: BuildOptions): Promise<void> {
  const options = { ...common, absWorkingDir: root, minify: true, format: "iife", metafile: true } as const;
  const boot = await build({ ...options, entryPoints: ["diagram/boot.ts"], write: false });
  const text = boot.outputFiles[0]?.text.trim() ?? "";
  const engines: Partial<Record<EngineName, { url: string; hash: string }>> = {};
  for (const name of engineNames) {
    const { metafile } = await build({
      ...options,
      entryPoints: ["diagram/engine.ts"],
      entryNames: `diagram-${name}-[hash]`,
      plugins: plugins[name],
    });
    const [output = ""] = Object.keys(metafile.outputs);
    const hash = hashOf(await readFile(join(root, output), "utf8"));
    engines[name] = { url: `/assets/${basename(output)}`, hash };
  }
  const frame = { boot: { text, hash: hashOf(text) }, engines };
  await writeFile(join(root, "reader/diagram-frame.json"), `${JSON.stringify(frame, null, 2)}\n`);
}

/** As a Content-Security-Policy names the text of a script. */
function hashOf(text: string): string {
  return `'sha256-${createHash("sha256").update(text).digest("base64")}'`;
}
