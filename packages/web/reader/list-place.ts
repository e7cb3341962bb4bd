import { type ListKey, tagKeyOf } from "@haru/core/list/list.contract";
import type { Locale } from "@haru/core/locale";
import {
  archivePath,
  authorPath,
  monthPath,
  seriesIndexPath,
  seriesPath,
  tagPath,
  tagsPath,
} from "../features/site/address.ts";

/** A list that has pages: where they are, what to ask the API for, and where all lists of its kind are. */
export interface ListPlace {
  readonly key: ListKey & { readonly lang: Locale };
  /** Path of its first page. */
  readonly path: string;
  /** Path of the page that names all lists of the kind, when there is one. */
  readonly index?: string;
  /** Path below which its feeds are, when it is another one. */
  readonly feeds?: string;
  readonly filter: {
    readonly lang: Locale;
    readonly tag?: string;
    readonly authorId?: `acc_${string}`;
    readonly month?: string;
    readonly series?: string;
  };
}

/**
 * The list that an address names, its name in the one canonical spelling.
 * @param kind the first segment of the path after the language
 */
export function placeOf(lang: Locale, kind: string, name: string): ListPlace | undefined {
  if (kind === "tags") {
    const tag = tagKeyOf(name);
    const path = tagPath(lang, tag);
    if (path === undefined) return undefined;
    return { key: { lang, kind: "tag", name: tag }, path, index: tagsPath(lang), filter: { lang, tag } };
  }
  if (kind === "series") {
    const series = tagKeyOf(name);
    const path = seriesPath(lang, series);
    if (path === undefined) return undefined;
    return {
      key: { lang, kind: "series", name: series },
      path,
      index: seriesIndexPath(lang),
      filter: { lang, series },
    };
  }
  if (kind === "authors" && /^acc_[0-9a-f-]{36}$/.test(name)) {
    const authorId = name as `acc_${string}`;
    return {
      key: { lang, kind: "author", name },
      path: authorPath(lang, name),
      filter: { lang, authorId },
    };
  }
  if (kind === "archive" && /^\d{4}-\d{2}$/.test(name))
    return {
      key: { lang, kind: "month", name },
      path: monthPath(lang, name),
      index: archivePath(lang),
      filter: { lang, month: name },
    };
  return undefined;
}
