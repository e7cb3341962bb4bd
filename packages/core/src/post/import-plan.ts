import * as z from "zod";
import { AppError } from "../errors.ts";
import { type Locale, localeSchema, locales } from "../locale.ts";
import { parse } from "../operation.ts";
import { type FrontMatter, ImportProblem, readFrontMatter } from "./import-front-matter.ts";
import { chooseSlugs } from "./import-slug.ts";
import { type PostSettings, postContract } from "./post.contract.ts";

export interface ImportFile {
  /** From the imported folder on, with slashes. */
  readonly path: string;
  readonly text: string;
}

/** A file that was not imported, and why. */
export interface ImportNote {
  readonly path: string;
  /** 1-based. */
  readonly line?: number;
  readonly reason: string;
}

const contentSchema = postContract.create.input.omit({ translationOf: true, settings: true });

/** A post as a file describes it. */
export interface PlannedPost extends z.output<typeof contentSchema> {
  readonly path: string;
  /** ISO 8601 in UTC; without one the post gets the time of its first import. */
  readonly publishedAt?: string;
  /** `draft: true`: saved and not published. */
  readonly isDraft: boolean;
  /** Those of the post stay as they are when the file names none. */
  readonly settings?: PostSettings;
  /** An account that the file names as its author. */
  readonly authorEmail?: string;
}

export interface ImportPlan {
  /** The languages of one work stand together. */
  readonly works: readonly (readonly PlannedPost[])[];
  readonly skipped: readonly ImportNote[];
  readonly failed: readonly ImportNote[];
}

/**
 * Reads files of Markdown with front matter and decides what they are: nothing is written.
 * A bad file is noted and does not keep the others from being imported.
 */
export function planImport(files: readonly ImportFile[]): ImportPlan {
  const skipped: ImportNote[] = [];
  const failed: ImportNote[] = [];
  const read: { readonly file: ImportFile; readonly matter: FrontMatter; readonly lang: Locale }[] = [];
  for (const file of files.toSorted((a, b) => (a.path < b.path ? -1 : 1))) {
    const matter = noting(failed, file, () => readFrontMatter(file.text));
    if (matter === undefined) skipped.push({ path: file.path, reason: "It has no front matter." });
    if (!matter) continue;
    const lang = noting(failed, file, () => languageOf(file, matter));
    if (lang) read.push({ file, matter, lang });
  }

  const slugs = chooseSlugs(
    read.map(({ file, matter, lang }) => ({
      path: withoutLanguage(file.path, lang),
      given: matter.fields.slug,
    })),
  );
  const works = new Map<string, PlannedPost[]>();
  for (const [index, { file, matter, lang }] of read.entries()) {
    const planned = noting(failed, file, () => {
      const post = planPost(file, matter, lang, slugs[index]);
      const same = works.get(post.slug)?.find((other) => other.lang === lang);
      if (!same) return post;
      throw new ImportProblem(`${same.path} has the same language and slug.`, matter.lineOf("slug"));
    });
    if (planned) works.set(planned.slug, [...(works.get(planned.slug) ?? []), planned]);
  }
  return { works: [...works.values()], skipped, failed };
}

/** Answers what `read` answers, or `null` after it noted a problem. */
function noting<T>(failed: ImportNote[], { path }: ImportFile, read: () => T): T | null {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof ImportProblem)) throw error;
    failed.push({ path, reason: error.message, ...(error.line === undefined ? {} : { line: error.line }) });
    return null;
  }
}

function languageOf({ path }: ImportFile, { fields, lineOf }: FrontMatter): Locale {
  const [folder] = path.split("/");
  const lang = localeSchema.safeParse(fields.lang ?? folder);
  if (lang.success) return lang.data;
  throw new ImportProblem(
    `Its language is unknown: put it into a folder ${locales.join("/ or ")}/, or name one of them as lang.`,
    lineOf("lang"),
  );
}

function withoutLanguage(path: string, lang: Locale): string {
  const [folder, ...rest] = path.split("/");
  return folder === lang && rest.length > 0 ? rest.join("/") : path;
}

function planPost(
  { path }: ImportFile,
  { fields, body, bodyLine, lineOf }: FrontMatter,
  lang: Locale,
  slug: string | undefined,
): PlannedPost {
  const content = {
    lang,
    slug: fields.slug ?? slug,
    title: textOf(fields.title),
    description: textOf(fields.description) ?? "",
    tags: tagsOf(fields.tags),
    markdown: body,
  };
  const publishedAt = dateOf(fields.date, lineOf("date"));
  const authorEmail = z.email().safeParse(fields.author).data;
  try {
    return {
      ...parse(contentSchema, content, "en"),
      path,
      isDraft: fields.draft === true,
      ...(publishedAt ? { publishedAt } : {}),
      ...(authorEmail ? { authorEmail } : {}),
    };
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    const [[field = "", [sentence] = [""]] = []] = Object.entries(error.fields ?? {});
    const name = field.split(".")[0] ?? "";
    throw new ImportProblem(`${name}: ${sentence}`, name === "markdown" ? bodyLine : lineOf(name));
  }
}

/** YAML reads `title: 2026` as a number, which is a title all the same. */
function textOf(value: unknown): unknown {
  return typeof value === "number" || typeof value === "boolean" ? String(value) : (value ?? undefined);
}

/** A list, or one line with commas. */
function tagsOf(value: unknown): unknown {
  if (value === undefined || value === null) return [];
  if (typeof value === "string")
    return value
      .split(",")
      .map((tag) => tag.trim())
      .filter(Boolean);
  return Array.isArray(value) ? value.map(textOf) : value;
}

const dayPattern = /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})$/;
const timePattern =
  /^(\d{4})[-/](\d{1,2})[-/](\d{1,2})[T ](\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?\s*(Z|[+-]\d{2}:?\d{2})?$/;

/** `2024/12/05`, `2024-12-05`, or with a time; what names no zone is UTC. */
function dateOf(value: unknown, line: number): string | undefined {
  if (value === undefined || value === null) return undefined;
  const text = String(value).trim();
  const [, year, month, day, hour = "0", minute = "00", second = "00", zone = "Z"] =
    dayPattern.exec(text) ?? timePattern.exec(text) ?? [];
  const problem = new ImportProblem(
    `date: "${text}" is not a date such as 2024-12-05 or 2024-12-05T09:30+09:00.`,
    line,
  );
  if (!year || !month || !day) throw problem;
  const date = `${year}-${month.padStart(2, "0")}-${day.padStart(2, "0")}`;
  const offset = zone === "Z" ? zone : `${zone.slice(0, 3)}:${zone.slice(-2)}`;
  const time = new Date(`${date}T${hour.padStart(2, "0")}:${minute}:${second}${offset}`);
  // `2024-02-30` would roll over into March.
  const dayExists = new Date(`${date}T00:00:00Z`).toJSON()?.startsWith(date);
  if (Number.isNaN(time.getTime()) || !dayExists) throw problem;
  return time.toISOString();
}
