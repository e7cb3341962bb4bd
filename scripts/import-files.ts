import { lstat, readdir, readFile, realpath, stat } from "node:fs/promises";
import path from "node:path";
import { isOpen } from "@haru/core/account/account";
import type { ActorCore } from "@haru/core/core";
import { AppError, errorMessage } from "@haru/core/errors";
import type { AccountId } from "@haru/core/id";
import { maxMarkdownBytes } from "@haru/core/post/post.contract";
import { importPost } from "@haru/core/transfer/import";
import { type ImportFile, type ImportNote, type PlannedPost, planImport } from "@haru/core/transfer/plan";
import type { ImportOutcome } from "@haru/core/transfer/transfer.contract";

export interface ImportReport {
  readonly imported: readonly string[];
  readonly updated: readonly string[];
  readonly unchanged: readonly string[];
  readonly skipped: readonly ImportNote[];
  readonly failed: readonly ImportNote[];
}

interface ImportOptions {
  /** E-mail of the account that posts belong to whose file names no other. */
  readonly author: string;
  /** The account id of an e-mail; nothing when there is no such account. */
  readonly findAccountId: (email: string) => Promise<AccountId | undefined>;
  readonly coreFor: (author: AccountId) => ActorCore;
  /** Told after each post, for a progress line. */
  readonly onProgress?: (done: number, total: number) => void;
}

/** Works that are written at the same time. The table takes more; a laptop need not. */
const parallelWorks = 4;
/** Front matter comes on top of the text. */
const maxFileBytes = maxMarkdownBytes + 50_000;

/**
 * Imports the Markdown files of a folder and everything below it. A file that cannot be
 * imported does not keep the others from it; only a missing folder or author ends it early.
 */
export async function importFiles(folder: string, options: ImportOptions): Promise<ImportReport> {
  const { files, failed: unread } = await readFolder(folder);
  const plan = planImport(files, "en");
  const report = {
    imported: [] as string[],
    updated: [] as string[],
    unchanged: [] as string[],
    skipped: [...plan.skipped],
    failed: [...unread, ...plan.failed],
  };
  const accounts = accountFinder(options);
  await accounts(options.author);

  const total = plan.works.reduce((sum, work) => sum + work.length, 0);
  let done = 0;
  async function importOne(planned: PlannedPost): Promise<void> {
    try {
      const accountId = await accounts(planned.authorEmail ?? options.author);
      const { outcome } = await importPost(options.coreFor(accountId), planned.post);
      noteOutcome(report, planned, outcome);
    } catch (error) {
      report.failed.push({ path: planned.path, reason: reasonOf(error) });
    }
    options.onProgress?.(++done, total);
  }
  const works = plan.works.values();
  async function importWorks(): Promise<void> {
    // The languages of a work one after another: each finds those before it.
    for (const work of works) for (const post of work) await importOne(post);
  }
  await Promise.all(Array.from({ length: parallelWorks }, importWorks));
  return report;
}

function noteOutcome(
  report: { readonly [O in Exclude<ImportOutcome, "edited">]: string[] } & { readonly skipped: ImportNote[] },
  { path: file }: PlannedPost,
  outcome: ImportOutcome,
): void {
  if (outcome === "edited") {
    report.skipped.push({ path: file, reason: "Its post was edited on the site since the last import." });
  } else report[outcome].push(file);
}

function reasonOf(error: unknown): string {
  if (!(error instanceof AppError)) return error instanceof Error ? error.message : String(error);
  const fields = Object.entries(error.fields ?? {}).map(([field, [sentence]]) => `${field}: ${sentence}`);
  return [error.specificMessage ?? errorMessage(error.code, "en"), ...fields].join(" ");
}

/** Looks each e-mail up once. @throws Error in one sentence when nobody can own posts under it */
function accountFinder({ findAccountId, coreFor }: ImportOptions): (email: string) => Promise<AccountId> {
  const found = new Map<string, Promise<AccountId>>();
  async function find(email: string): Promise<AccountId> {
    const accountId = await findAccountId(email);
    if (!accountId) throw new Error(`There is no account for ${email}. --author <email> names another.`);
    if (await isOpen(coreFor(accountId), accountId)) return accountId;
    throw new Error(`The account of ${email} is not confirmed yet, or its owner never signed in.`);
  }
  return (email) => {
    const search = found.get(email) ?? find(email);
    found.set(email, search);
    return search;
  };
}

/** Reads the Markdown files; what is too large, not UTF-8 or outside the folder is noted instead. */
async function readFolder(folder: string): Promise<{ files: ImportFile[]; failed: ImportNote[] }> {
  const root = await realpath(folder).catch(() => undefined);
  if (!root || !(await stat(root)).isDirectory()) throw new Error(`There is no folder ${folder}.`);
  const files: ImportFile[] = [];
  const failed: ImportNote[] = [];
  for (const name of (await listMarkdown(root)).sort()) {
    const relative = name.split(path.sep).join("/");
    try {
      files.push({ path: relative, text: await readText(root, path.join(root, name)) });
    } catch (error) {
      failed.push({ path: relative, reason: (error as Error).message });
    }
  }
  return { files, failed };
}

async function listMarkdown(root: string): Promise<string[]> {
  const entries = await readdir(root, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => !entry.isDirectory() && /\.(?:md|mdx|markdown)$/i.test(entry.name))
    .map((entry) => path.relative(root, path.join(entry.parentPath, entry.name)))
    .filter((name) => !name.split(path.sep).some((part) => part.startsWith(".") || part === "node_modules"));
}

async function readText(root: string, file: string): Promise<string> {
  if ((await lstat(file)).isSymbolicLink()) {
    const target = await realpath(file).catch(() => undefined);
    if (!target) throw new Error("It is a link to nothing.");
    if (!target.startsWith(root + path.sep)) throw new Error("It is a link to a file outside the folder.");
  }
  const { size } = await stat(file);
  if (size > maxFileBytes) {
    throw new Error(`It has ${Math.ceil(size / 1_000)} kB; a post may have ${maxMarkdownBytes / 1_000} kB.`);
  }
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(await readFile(file));
  } catch (error) {
    if (error instanceof TypeError) throw new Error("It is not UTF-8.");
    throw error;
  }
}
