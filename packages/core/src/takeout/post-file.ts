import { stringify } from "yaml";
import type { Post } from "../post/post.entity.ts";

/** A post as Markdown with front matter, as the import of this project and most others read it. */
export function postFile(post: Post, markdown: string): string {
  const { lang, slug, title, description, tags, state, publishedAt, createdAt, updatedAt } = post;
  const fields = {
    title,
    lang,
    slug,
    ...(description ? { description } : {}),
    ...(tags.length > 0 ? { tags } : {}),
    date: publishedAt ?? createdAt,
    updated: updatedAt,
    ...(state === "published" ? {} : { draft: true }),
  };
  return `---\n${stringify(fields)}---\n\n${markdown.trim()}\n`;
}
