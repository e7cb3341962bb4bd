import { readFile } from "node:fs/promises";
import path from "node:path";
import { build, stop as stopBundler } from "esbuild";

export interface PageFile {
  readonly contentType: string;
  readonly body: string;
}

const FOLDER = path.join(import.meta.dirname, "page");
/** In the order of the cascade: what all views share first, then each view's own. */
const STYLES = ["base", "frame", "calls", "functions", "queues", "picture", "traces", "tables"];

/**
 * The page's files by name, made when they are first asked for: most runs are never looked at.
 * @param options.keepsBundler true where functions are bundled while the cloud runs
 */
export function createPageFiles(options: {
  readonly base: string;
  readonly keepsBundler: boolean;
}): (name: string) => Promise<PageFile | undefined> {
  let script: Promise<string> | undefined;
  return async (name) => {
    switch (name) {
      case "":
        return { contentType: "text/html; charset=utf-8", body: await readPage(options.base) };
      case "console.css":
        return { contentType: "text/css; charset=utf-8", body: await readStyles() };
      case "mark.svg":
        return { contentType: "image/svg+xml", body: await readPart("mark.svg") };
      case "console.js":
        script ??= bundle(options);
        return { contentType: "text/javascript; charset=utf-8", body: await script };
      default:
        return undefined;
    }
  };
}

async function readPage(base: string): Promise<string> {
  return (await readPart("index.html")).replaceAll("{{base}}", base);
}

async function readStyles(): Promise<string> {
  return (await Promise.all(STYLES.map((name) => readPart(`styles/${name}.css`)))).join("\n");
}

function readPart(name: string): Promise<string> {
  return readFile(path.join(FOLDER, name), "utf8");
}

async function bundle({ keepsBundler }: { readonly keepsBundler: boolean }): Promise<string> {
  try {
    const { outputFiles } = await build({
      entryPoints: [path.join(FOLDER, "main.ts")],
      bundle: true,
      write: false,
      format: "esm",
      target: "es2022",
      logLevel: "silent",
    });
    return outputFiles[0]?.text ?? "";
  } finally {
    // Its process would hold 360 MB for nothing.
    if (!keepsBundler) await stopBundler();
  }
}
