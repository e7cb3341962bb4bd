import type { ImportFile } from "./plan.ts";
import type { TransferredPost } from "./transfer.contract.ts";

/** Markdown under front matter. Each value is JSON, which is YAML as well and needs no quoting rules of its own. */
export function markdownFile(fields: Readonly<Record<string, unknown>>, markdown: string): string {
  const lines = Object.entries(fields)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `${name}: ${JSON.stringify(value)}`);
  return `---\n${lines.join("\n")}\n---\n\n${markdown}\n`;
}

/**
 * A post as files that `planImport` reads back: one with what readers see, or the draft; and one with
 * what was written since.
 */
export function filesOfPost(post: TransferredPost): ImportFile[] {
  const { postId, workId, lang, isDraft, publishedAt, updatedAt, changes } = post;
  const about = {
    lang,
    ...fieldsOf(post),
    ...(isDraft ? { draft: true } : {}),
    date: publishedAt,
    updated: updatedAt,
    id: postId,
    work: workId,
  };
  const path = `posts/${lang}/${post.slug}`;
  return [
    { path: `${path}.md`, text: markdownFile(about, post.markdown) },
    ...(changes
      ? [
          {
            path: `${path}.changes.md`,
            text: markdownFile({ lang, changesOf: postId, ...fieldsOf(changes) }, changes.markdown),
          },
        ]
      : []),
  ];
}

type Text = Pick<TransferredPost, "title" | "slug" | "description" | "tags" | "settings">;

function fieldsOf({ title, slug, description, tags, settings }: Text) {
  return { title, slug, description, tags, settings };
}
