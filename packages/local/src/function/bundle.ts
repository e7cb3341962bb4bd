import { existsSync } from "node:fs";
import { cp, mkdir } from "node:fs/promises";
import path from "node:path";
import type { BuildFailure, Loader, Message } from "esbuild";
import type { FunctionBuild } from "../cloud.ts";
import { type Built, buildAlone, buildTogether, type SharedOptions } from "./build-together.ts";

/** What SST's components send with `Runtime.Build`. */
export interface BuildParams {
  /** SST's component name of the function. */
  readonly functionID: string;
  /** `path/to/file.export` from the app's root, or inside `bundle` when that is given. */
  readonly handler: string;
  /** Folder of a prebuilt bundle. */
  readonly bundle?: string;
  /** For instance `nodejs24.x`. */
  readonly runtime: string;
  readonly links: Readonly<Record<string, unknown>>;
  readonly copyFiles?: readonly CopiedFile[];
  readonly properties?: NodeProperties;
}

interface CopiedFile {
  readonly from: string;
  readonly to: string;
  readonly isDir: boolean;
}

/** The `nodejs` argument of `sst.aws.Function`. */
interface NodeProperties {
  readonly format?: "esm" | "cjs";
  readonly banner?: string;
  readonly splitting?: boolean;
  readonly install?: Readonly<Record<string, string>>;
  readonly loader?: Readonly<Record<string, Loader>>;
  readonly esbuild?: {
    readonly external?: readonly string[];
    readonly define?: Readonly<Record<string, string>>;
  };
}

const EXTENSIONS = [".ts", ".tsx", ".mts", ".cts", ".js", ".jsx", ".mjs", ".cjs"];

/** Lets bundled CommonJS code of an ES module require what Node brings. */
export const REQUIRE_BANNER =
  'import { createRequire as topLevelCreateRequire } from "node:module"; const require = topLevelCreateRequire(import.meta.url);';

/** Packages with native parts that SST always leaves to be installed beside the bundle. */
const NATIVE_PACKAGES = ["sharp", "pg-native"];

/**
 * Bundles one function as SST does for Node.js (everything in one file, also
 * the AWS SDK; with `splitting`, what is imported dynamically in files beside
 * it), but unminified and with source maps. A prebuilt bundle is passed
 * through as it is. A second call for the same function replaces the first
 * bundle.
 *
 * @param folder where bundles go, one folder for each function
 * @throws Error naming the function with one line for each mistake, as `file:line:column: text`
 */
export async function bundleFunction(
  params: BuildParams,
  { root, folder }: { readonly root: string; readonly folder: string },
): Promise<FunctionBuild> {
  if (!params.runtime.startsWith("nodejs")) {
    throw new Error(
      `The function "${params.functionID}" runs on ${params.runtime}; only Node.js is bundled here.`,
    );
  }
  const installs = Object.keys(params.properties?.install ?? {});
  const common = {
    functionId: params.functionID,
    handler: params.handler,
    bundle: params.bundle,
    runtime: params.runtime,
    links: params.links,
    copiesFiles: (params.copyFiles?.length ?? 0) > 0,
    installs,
  };
  if (params.bundle) {
    const prebuilt = path.resolve(root, params.bundle);
    return { ...common, folder: prebuilt, builtHandler: params.handler, sources: [] };
  }
  const output = path.join(folder, params.functionID);
  const exported = path.extname(params.handler).slice(1);
  const built = await runBuild(params, { root, folder, entry: findEntry(params, root), installs });
  if (params.properties?.format !== "cjs" && !built.exports.includes(exported)) {
    throw new Error(
      `The function "${params.functionID}" names the handler "${params.handler}", but that file has no export "${exported}".`,
    );
  }
  await copyFiles(params.copyFiles ?? [], output);
  return {
    ...common,
    folder: output,
    builtHandler: `bundle.${exported}`,
    sources: built.inputs.filter((source) => !path.relative(root, source).includes("node_modules")),
  };
}

function findEntry({ functionID, handler }: BuildParams, root: string): string {
  const file = handler.slice(0, -path.extname(handler).length);
  const entry = EXTENSIONS.map((extension) => path.join(root, file + extension)).find((name) =>
    existsSync(name),
  );
  if (entry) return entry;
  throw new Error(
    `The function "${functionID}" names the handler "${handler}", but there is no file ${file}.ts (or ${EXTENSIONS.slice(1).join(", ")}).`,
  );
}

async function runBuild(
  { functionID, properties }: BuildParams,
  target: {
    readonly root: string;
    readonly folder: string;
    readonly entry: string;
    readonly installs: readonly string[];
  },
): Promise<Built> {
  const format = properties?.format ?? "esm";
  const extension = format === "esm" ? ".mjs" : ".cjs";
  const banner = [format === "esm" ? REQUIRE_BANNER : "", properties?.banner ?? ""]
    .filter(Boolean)
    .join("\n");
  const splitting = format === "esm" && (properties?.splitting ?? false);
  try {
    const options = {
      absWorkingDir: target.root,
      outdir: splitting ? path.join(target.folder, functionID) : target.folder,
      outExtension: { ".js": extension },
      bundle: true,
      splitting,
      platform: "node",
      target: "node24",
      format,
      mainFields: format === "esm" ? ["module", "main"] : ["main", "module"],
      keepNames: true,
      sourcemap: "linked",
      sourcesContent: false,
      logLevel: "silent",
      banner: { js: banner },
      external: [...NATIVE_PACKAGES, ...target.installs, ...(properties?.esbuild?.external ?? [])],
      ...(properties?.loader ? { loader: { ...properties.loader } } : {}),
      ...(properties?.esbuild?.define ? { define: { ...properties.esbuild.define } } : {}),
    } satisfies SharedOptions;
    return splitting
      ? await buildAlone(options, { name: "bundle", file: target.entry })
      : await buildTogether(options, { name: `${functionID}/bundle`, file: target.entry });
  } catch (error) {
    const { errors } = error as BuildFailure;
    if (!errors) throw error;
    throw new Error(`The function "${functionID}" could not be bundled:\n${errors.map(describe).join("\n")}`);
  }
}

function describe({ text, location }: Message): string {
  return location ? `${location.file}:${location.line}:${location.column + 1}: ${text}` : text;
}

async function copyFiles(files: readonly CopiedFile[], folder: string): Promise<void> {
  for (const { from, to } of files) {
    const target = path.join(folder, to);
    await mkdir(path.dirname(target), { recursive: true });
    await cp(from, target, { recursive: true });
  }
}
