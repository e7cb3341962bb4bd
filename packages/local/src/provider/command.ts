import { spawn } from "node:child_process";
import type { Providers } from "../cloud.ts";
import { rewriteAddresses } from "../front-door/address.ts";

/** A Next.js site is built and served by `site/site.ts`, from its own folder. */
const NEXTJS_PARENT = /\bsst:aws:Nextjs::/;
/** How much of a failed command's output is told. */
const TOLD_LINES = 20;

/** Commands that SST runs on this machine at a deployment: builds of sites, and what a program declares. */
export const commandProviders: Providers = {
  "command:local:Command": async ({ name, parent, inputs }, cloud) => {
    if (!inputs.create || NEXTJS_PARENT.test(parent ?? ""))
      return { id: name, state: { stdout: "", stderr: "" } };
    cloud.log({ level: "info", source: name, message: `runs ${inputs.create}` });
    const stdout = await run(inputs.create, inputs.dir ?? cloud.root, {
      ...process.env,
      ...rewriteAddresses(inputs.environment ?? {}, cloud),
    });
    return { id: name, state: { stdout, stderr: "" } };
  },
};

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
