import { coreFor, findAccountId } from "./core.ts";
import { type ImportReport, importFiles } from "./import-files.ts";

interface Options {
  /** E-mail of the account that posts belong to whose file names no other. */
  readonly author: string;
  /** Says nothing unless something failed. */
  readonly quiet?: boolean;
}

/** Imports a folder into the site that this process is linked to, and says what became of each file. */
export async function importFolder(
  folder: string,
  { author, quiet = false }: Options,
): Promise<ImportReport> {
  const showsProgress = !quiet && process.stdout.isTTY;
  const report = await importFiles(folder, {
    author,
    findAccountId,
    // Reasons are shown in a terminal, beside the command's own words.
    coreFor: (accountId) => ({ ...coreFor({ accountId, roles: ["author"] }), locale: "en" }),
    onProgress: (done, total) => {
      if (showsProgress) process.stdout.write(`\r${done} of ${total}${done === total ? "\n" : ""}`);
    },
  });
  if (!quiet || report.failed.length > 0) process.stdout.write(`${describeReport(report)}\n`);
  return report;
}

/** The numbers, then a line for each file that was not imported. */
export function describeReport(report: ImportReport): string {
  const kinds = ["imported", "updated", "unchanged", "skipped", "failed"] as const;
  const numbers = kinds.map((kind) => `${kind.padEnd(10)} ${String(report[kind].length).padStart(5)}`);
  const notes = (["skipped", "failed"] as const).flatMap((kind) =>
    report[kind].map(({ path, line, reason }) => [kind, line ? `${path}:${line}` : path, reason] as const),
  );
  const width = Math.max(0, ...notes.map(([, place]) => place.length));
  const lines = notes.map(([kind, place, reason]) => `${kind.padEnd(10)} ${place.padEnd(width)}  ${reason}`);
  return [...numbers, ...(lines.length > 0 ? ["", ...lines] : [])].join("\n");
}
