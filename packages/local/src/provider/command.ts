import { spawn } from "node:child_process";
import type { Cloud, Providers } from "../cloud.ts";
import { rewriteAddresses } from "../front-door/address.ts";
import type { ProvisionRequest } from "../resource.ts";
import { buildSite } from "../site/build.ts";

/** A Next.js site is built and served by `site/site.ts`, from its own folder, unless it is bundled. */
const NEXTJS_PARENT = /\bsst:aws:Nextjs::(.+)$/;
/** Variables that the synthesis sets for itself, besides those of this process. */
const OF_THE_SYNTHESIS = /^(SST_SERVER|SST_AWS_REGION|SST_SECRET_\w+|PULUMI_\w+)$/;
/** How much of a failed command's output is told. */
const TOLD_LINES = 20;

/** Commands that SST runs on this machine at a deployment: builds of sites, and what a program declares. */
export const commandProviders: Providers = {
  "command:local:Command": async (request, cloud) => {
    const { name, parent, inputs } = request;
    const site = NEXTJS_PARENT.exec(parent ?? "")?.[1];
    if (site && inputs.create && cloud.production) await bundleSite(site, request, cloud);
    if (site || !inputs.create) return { id: name, state: { stdout: "", stderr: "" } };
    cloud.log({ level: "info", source: name, message: `runs ${inputs.create}` });
    const stdout = await run(inputs.create, inputs.dir ?? cloud.root, {
      ...process.env,
      ...rewriteAddresses(inputs.environment ?? {}, cloud),
    });
    return { id: name, state: { stdout, stderr: "" } };
  },
};

/** Builds a site as its component says: by OpenNext, for Lambda. */
async function bundleSite(name: string, { inputs }: ProvisionRequest, cloud: Cloud): Promise<void> {
  const given: Readonly<Record<string, string>> = rewriteAddresses(inputs.environment ?? {}, cloud);
  const declared = Object.fromEntries(
    Object.entries(given).filter(
      ([variable, value]) => process.env[variable] !== value && !OF_THE_SYNTHESIS.test(variable),
    ),
  );
  await buildSite({
    name,
    folder: inputs.dir,
    command: inputs.create,
    output: ".open-next",
    root: cloud.root,
    dataFolder: cloud.dataFolder,
    environment: { ...(process.env as Record<string, string>), NODE_ENV: "production", ...declared },
    declared: { ...declared, command: inputs.create },
    log: cloud.log,
  });
}

/** @throws Error with the end of the output when the command fails */
function run(command: string, folder: string, environment: NodeJS.ProcessEnv): Promise<string> {
  const child = spawn(command, {
    cwd: folder,
    env: environment,
    shell: true,
    stdio: ["ignore", "pipe", "pipe"],
  });
  let stdout = "";
  let output = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    stdout += text;
    output += text;
  });
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    output += text;
  });
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code, signal) => {
      if (code === 0) return resolve(stdout.trimEnd());
      const end = output.trimEnd().split("\n").slice(-TOLD_LINES).join("\n");
      reject(new Error(`"${command}" ended with ${signal ?? `code ${code}`}:\n${end}`));
    });
  });
}
