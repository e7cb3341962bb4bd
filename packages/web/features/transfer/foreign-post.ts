import type { Locale } from "@haru/core/locale";
import { slugSchema } from "@haru/core/post/post.contract";
import { markdownFile } from "@haru/core/transfer/markdown-file";
import type { ImportFile } from "@haru/core/transfer/plan";

/** A post as another system's export describes it. */
export interface ForeignPost {
  readonly title: string;
  readonly slug: string;
  readonly html: string;
  readonly description: string;
  readonly tags: readonly string[];
  readonly isDraft: boolean;
  /** ISO 8601; absent for a draft. */
  readonly publishedAt: string | undefined;
  readonly updatedAt: string | undefined;
  readonly isPinned: boolean;
  readonly isPage: boolean;
  readonly searchTitle: string;
  readonly searchDescription: string;
  /** Where its picture is. */
  readonly cover: string;
}

/** Makes Markdown of HTML: the editor's own, which needs a browser. */
export type MarkdownOf = (html: string) => string;

/** Other systems know no language for a post, so that its letters decide. */
function languageOf(text: string): Locale {
  const hangul = text.match(/\p{Script=Hangul}/gu)?.length ?? 0;
  const latin = text.match(/\p{Script=Latin}/gu)?.length ?? 0;
  return hangul * 4 >= latin ? "ko" : "en";
}

/** The post as a file of our own kind, so that all imports go one way. */
export function fileOf(post: ForeignPost, markdownOf: MarkdownOf): ImportFile {
  const markdown = markdownOf(post.html);
  const lang = languageOf(`${post.title} ${markdown}`);
  const slug = slugSchema.safeParse(decoded(post.slug)).data;
  const cover = /^https:\/\//.test(post.cover) ? { src: post.cover, alt: "" } : undefined;
  const fields = {
    lang,
    title: post.title.trim().slice(0, 200) || slug,
    slug,
    description: post.description.trim().slice(0, 500),
    tags: post.tags.slice(0, 20).map((tag) => tag.trim().slice(0, 40)),
    settings: {
      pinned: post.isPinned,
      kind: post.isPage ? "page" : "post",
      searchTitle: post.searchTitle.slice(0, 120),
      searchDescription: post.searchDescription.slice(0, 300),
      ...(cover ? { cover } : {}),
    },
    ...(post.isDraft ? { draft: true } : {}),
    date: post.publishedAt,
    updated: post.updatedAt,
  };
  return { path: `${lang}/${slug ?? (post.slug || "post")}.md`, text: markdownFile(fields, markdown) };
}

function decoded(slug: string): string {
  try {
    return decodeURIComponent(slug);
  } catch {
    return slug;
  }
}
