import * as z from "zod";
import { AppError } from "../errors.ts";
import { idSchema } from "../id.ts";
import { type Locale, localeSchema, locales } from "../locale.ts";
import { parse } from "../operation.ts";
import { postContract, postSettingsSchema } from "../post/post.contract.ts";
import { type FrontMatter, ImportProblem, readFrontMatter } from "./front-matter.ts";
import { dateOf, tagsOf, textOf } from "./front-matter-value.ts";
import { planMessages } from "./plan-messages.ts";
import { chooseSlugs } from "./slug.ts";
import type { TransferredPost } from "./transfer.contract.ts";

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

/** A post as a file describes it. */
export interface PlannedPost {
  readonly path: string;
  readonly post: TransferredPost;
  /** An account that the file names as its author. */
  readonly authorEmail?: string;
}

export interface ImportPlan {
  /** The languages of one work stand together. */
  readonly works: readonly (readonly PlannedPost[])[];
  readonly skipped: readonly ImportNote[];
  readonly failed: readonly ImportNote[];
}

const contentSchema = postContract.create.input
  .omit({ translationOf: true })
  .extend({ settings: postSettingsSchema.optional() });

interface ReadFile {
  readonly file: ImportFile;
  readonly matter: FrontMatter;
  readonly lang: Locale;
}

/**
 * Reads files of Markdown with front matter and decides what they are: nothing is written.
 * A bad file is noted and does not keep the others from being imported.
 * @param locale the language of the reasons
 */
export function planImport(files: readonly ImportFile[], locale: Locale): ImportPlan {
  const words = planMessages[locale];
  const skipped: ImportNote[] = [];
  const failed: ImportNote[] = [];
  const read: ReadFile[] = [];
  for (const file of files.toSorted((a, b) => (a.path < b.path ? -1 : 1))) {
    const matter = noting(failed, file, () => readFrontMatter(file.text, locale));
    if (matter === undefined) skipped.push({ path: file.path, reason: words.noFrontMatter });
    if (!matter) continue;
    const lang = noting(failed, file, () => languageOf(file, matter, locale));
    if (lang) read.push({ file, matter, lang });
  }
  const changed = read.filter(isChange);
  const whole = read.filter((one) => !isChange(one));

  const slugs = chooseSlugs(
    whole.map(({ file, matter, lang }) => ({
      path: withoutLanguage(file.path, lang),
      given: matter.fields.slug,
    })),
  );
  const changes = changesByPost(changed, failed, locale);
  const works = new Map<string, PlannedPost[]>();
  for (const [index, one] of whole.entries()) {
    const planned = noting(failed, one.file, () => {
      const { post, ...rest } = planPost(one, slugs[index], locale);
      const same = works.get(post.slug)?.find((other) => other.post.lang === one.lang);
      if (same) throw new ImportProblem(words.taken(same.path), one.matter.lineOf("slug"));
      const later = post.postId && changes.take(post.postId);
      return { ...rest, post: later ? { ...post, changes: later } : post };
    });
    if (!planned) continue;
    const { slug } = planned.post;
    works.set(slug, [...(works.get(slug) ?? []), planned]);
  }
  failed.push(...changes.rest().map((path) => ({ path, reason: words.noPostToChange })));
  return { works: [...works.values()], skipped, failed };
}

function isChange({ matter }: ReadFile): boolean {
  return matter.fields.changesOf !== undefined;
}

/** What authors have written since their posts were published, each in a file that names the post. */
function changesByPost(changed: readonly ReadFile[], failed: ImportNote[], locale: Locale) {
  const found = new Map<string, { path: string; changes: NonNullable<TransferredPost["changes"]> }>();
  for (const one of changed) {
    const post = noting(failed, one.file, () => planPost(one, undefined, locale).post);
    if (!post) continue;
    const { title, slug, description, tags, markdown, settings = postSettingsSchema.parse({}) } = post;
    const changes = { title, slug, description, tags, markdown, settings };
    found.set(String(one.matter.fields.changesOf), { path: one.file.path, changes });
  }
  return {
    take(postId: string) {
      const taken = found.get(postId)?.changes;
      found.delete(postId);
      return taken;
    },
    rest: () => [...found.values()].map(({ path }) => path),
  };
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

function languageOf({ path }: ImportFile, { fields, lineOf }: FrontMatter, locale: Locale): Locale {
  const [folder] = path.split("/");
  const lang = localeSchema.safeParse(fields.lang ?? folder);
  if (lang.success) return lang.data;
  const folders = locales.map((name) => `${name}/`);
  throw new ImportProblem(planMessages[locale].unknownLanguage(folders), lineOf("lang"));
}

function withoutLanguage(path: string, lang: Locale): string {
  const [folder, ...rest] = path.split("/");
  return folder === lang && rest.length > 0 ? rest.join("/") : path;
}

function planPost(
  { file, matter: { fields, body, bodyLine, lineOf }, lang }: ReadFile,
  slug: string | undefined,
  locale: Locale,
): PlannedPost {
  const content = {
    lang,
    slug: fields.slug ?? slug,
    title: textOf(fields.title),
    description: textOf(fields.description) ?? "",
    tags: tagsOf(fields.tags),
    markdown: body,
    ...(fields.settings === undefined ? {} : { settings: fields.settings }),
  };
  const moment = (name: string) => {
    const date = dateOf(fields[name]);
    if (date !== null) return date;
    throw new ImportProblem(planMessages[locale].badDate(String(fields[name])), lineOf(name));
  };
  const publishedAt = moment("date");
  const updatedAt = moment("updated");
  const authorEmail = z.email().safeParse(fields.author).data;
  const postId = idSchema("post").safeParse(fields.id).data;
  const workId = idSchema("work").safeParse(fields.work).data;
  try {
    const post = {
      ...parse(contentSchema, content, locale),
      isDraft: fields.draft === true,
      ...(postId ? { postId } : {}),
      ...(workId ? { workId } : {}),
      ...(publishedAt ? { publishedAt } : {}),
      ...(updatedAt ? { updatedAt } : {}),
    };
    return { path: file.path, post, ...(authorEmail ? { authorEmail } : {}) };
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    const [[field = "", [sentence] = [""]] = []] = Object.entries(error.fields ?? {});
    const name = field.split(".")[0] ?? "";
    throw new ImportProblem(`${name}: ${sentence}`, name === "markdown" ? bodyLine : lineOf(name));
  }
}
