import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { runSst } from "../synth/platform.ts";
import { startAwsStandIn } from "./aws-stand-in.ts";
import { copyProject, LINK_TYPES } from "./project-copy.ts";

export interface Diff {
  /** What `sst diff` printed. */
  readonly output: string;
  /** The link types that it generated, by path from the root (`sst-env.d.ts`, `packages/web/sst-env.d.ts`, …). */
  readonly linkTypes: ReadonlyMap<string, string>;
}

/**
 * Runs the real `sst diff` of a stage, as on an account where nothing is
 * deployed, without an account: the command line, its evaluation of
 * `sst.config.ts`, its bundles and its link types are SST's own; the engine
 * and AWS are stood in for. It runs in a copy, so that no file of the project
 * changes.
 *
 * @throws Error with what `sst diff` printed when it fails
 */
export async function diffStage(root: string, stage: string): Promise<Diff> {
  await mkdir(path.join(root, ".sst"), { recursive: true });
  const copy = await mkdtemp(path.join(root, ".sst/diff-"));
  const aws = await startAwsStandIn();
  try {
    await copyProject(root, copy);
    const home = path.join(copy, ".sst/home");
    await installPulumi(home);
    const output = await runSst(copy, ["diff", "--stage", stage], {
      XDG_CONFIG_HOME: home,
      AWS_ENDPOINT_URL: aws.url,
      AWS_ACCESS_KEY_ID: "local",
      AWS_SECRET_ACCESS_KEY: "local",
      AWS_REGION: "us-east-1",
    });
    return { output, linkTypes: await readLinkTypes(copy) };
  } finally {
    aws.close();
    await rm(copy, { recursive: true, force: true });
  }
}

/** Puts our stand-in where SST looks for the engine before it downloads it. */
async function installPulumi(home: string): Promise<void> {
  const folder = path.join(home, "sst/bin");
  await mkdir(folder, { recursive: true });
  const tsx = fileURLToPath(import.meta.resolve("tsx"));
  const script = path.join(import.meta.dirname, "pulumi.ts");
  await writeFile(
    path.join(folder, "pulumi"),
    `#!/bin/sh\nexec "${process.execPath}" --import "${tsx}" "${script}" "$@"\n`,
    { mode: 0o755 },
  );
}

async function readLinkTypes(copy: string): Promise<Map<string, string>> {
  const files = (await readdir(copy, { recursive: true }))
    .filter((file) => path.basename(file) === LINK_TYPES && !/(^|\/)(node_modules|\.sst)\//.test(file))
    .sort();
  return new Map(
    await Promise.all(
      files.map(async (file) => [file, await readFile(path.join(copy, file), "utf8")] as const),
    ),
  );
}
