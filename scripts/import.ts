/**
 * npm run import -- <folder> [--author <email>] [--stage <stage>]: makes posts of the Markdown
 * files of a folder. What is there already stays; a second run changes nothing. The exit
 * code is 1 when a file failed.
 */
import { readArguments, refuseArguments } from "./arguments.ts";
import { importFolder } from "./import-folder.ts";
import { sampleAccounts } from "./sample-accounts.ts";

const usage = "npm run import -- <folder> [--author <email>] [--stage <stage>]";
const {
  values: { author = sampleAccounts[0].email },
  positionals: [folder, ...more],
} = readArguments(usage, { author: { type: "string" } });
if (!folder || more.length > 0) refuseArguments(usage);
try {
  const { failed } = await importFolder(folder, { author });
  process.exitCode = failed.length > 0 ? 1 : 0;
} catch (error) {
  process.stderr.write(`${(error as Error).message}\n`);
  process.exitCode = 1;
}
