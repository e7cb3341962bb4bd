/**
 * npm run import -- <folder> [--author <email>] [--stage <stage>]: makes posts of the Markdown
 * files of a folder. What is there already stays; a second run changes nothing. The exit
 * code is 1 when a file failed.
 */
import { parseArgs } from "node:util";
import { importFolder } from "./import-folder.ts";
import { sampleAccounts } from "./sample-accounts.ts";

const usage = "Usage: npm run import -- <folder> [--author <email>] [--stage <stage>]\n";

function readArguments() {
  try {
    return parseArgs({ allowPositionals: true, options: { author: { type: "string" } } });
  } catch (error) {
    process.stderr.write(`${(error as Error).message}\n`);
    return undefined;
  }
}

const given = readArguments();
const [folder, ...more] = given?.positionals ?? [];
if (!given || !folder || more.length > 0) {
  process.stderr.write(usage);
  process.exit(2);
}
const author = given.values.author ?? sampleAccounts[0].email;
try {
  const { failed } = await importFolder(folder, { author });
  process.exitCode = failed.length > 0 ? 1 : 0;
} catch (error) {
  process.stderr.write(`${(error as Error).message}\n`);
  process.exitCode = 1;
}
