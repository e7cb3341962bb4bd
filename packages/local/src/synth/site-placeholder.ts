import { cpSync, existsSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import type { SiteOutput } from "./messages.ts";

type GeneratedOutput = Exclude<SiteOutput, "built">;

const HANDLER_SOURCE = `export async function handler() {
  throw new Error("This is a placeholder: the site is served by Next.js itself here.");
}
`;

/** The parts of OpenNext's output that become functions, by their folder below `.open-next`. */
const SERVER = "server-functions/default";
const IMAGES = "image-optimization-function";
const REVALIDATION = "revalidation-function";
const SEEDER = "dynamodb-provider";

/**
 * Stands in for a site's own folder during a synthesis. A folder of its own,
 * so that neither the site's `.next` nor its `.open-next` is touched.
 * Synchronous, because a component reads its arguments as soon as they are
 * transformed.
 *
 * @param site absolute path of the site's own folder
 * @param folder absolute path of the folder to write, emptied before
 */
export function writeSitePlaceholder(site: string, folder: string, output: GeneratedOutput): void {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  // The component reads the version of Next.js there, unless the program says which OpenNext builds the site.
  const manifest = path.join(site, "package.json");
  if (existsSync(manifest)) cpSync(manifest, path.join(folder, "package.json"));
  writeSiteOutput(folder, output);
}

/**
 * Writes the least OpenNext output that `sst.aws.Nextjs` accepts. The
 * component reads such an output during the synthesis, but a real one takes a
 * build of half a minute, and on the local cloud Next.js serves the site
 * itself.
 *
 * It has no assets: the router then finds no file routes and sends every path
 * to the server function. `deployed` adds what a real output brings for
 * incremental regeneration, so that the resources are those of a deployment.
 */
export function writeSiteOutput(folder: string, output: GeneratedOutput): void {
  const deployed = output === "deployed";
  const functions = [SERVER, IMAGES, ...(deployed ? [REVALIDATION, SEEDER] : [])];
  for (const name of functions) {
    writeText(path.join(folder, ".open-next", name, "index.mjs"), HANDLER_SOURCE);
  }
  for (const name of ["assets", "cache"]) {
    mkdirSync(path.join(folder, ".open-next", name), { recursive: true });
  }
  writeText(path.join(folder, ".next/BUILD_ID"), "placeholder");
  writeJson(path.join(folder, ".next/routes-manifest.json"), { version: 3, basePath: "" });
  writeJson(path.join(folder, ".next/prerender-manifest.json"), { version: 4, routes: {} });
  writeJson(path.join(folder, ".open-next/open-next.output.json"), {
    edgeFunctions: {},
    origins: {
      s3: {
        type: "s3",
        originPath: "_assets",
        copy: [{ from: ".open-next/assets", to: "_assets", cached: true, versionedSubDir: "_next" }],
      },
      default: functionOrigin(SERVER),
      imageOptimizer: functionOrigin(IMAGES),
    },
    behaviors: [{ pattern: "*", origin: "default" }],
    additionalProps: deployed
      ? {
          disableIncrementalCache: false,
          disableTagCache: false,
          revalidationFunction: bundleAt(REVALIDATION),
          initializationFunction: bundleAt(SEEDER),
        }
      : { disableIncrementalCache: true, disableTagCache: true },
  });
}

function bundleAt(name: string) {
  return { handler: "index.handler", bundle: `.open-next/${name}` };
}

function functionOrigin(name: string) {
  return { type: "function", streaming: false, ...bundleAt(name) };
}

function writeText(file: string, text: string): void {
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, text);
}

function writeJson(file: string, value: unknown): void {
  writeText(file, JSON.stringify(value));
}
