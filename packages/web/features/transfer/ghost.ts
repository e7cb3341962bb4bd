import type { ImportFile } from "@haru/core/transfer/plan";
import * as z from "zod";
import { fileOf, type MarkdownOf } from "./foreign-post.ts";

const text = z
  .string()
  .nullish()
  .transform((value) => value ?? "");
const ghostPost = z.object({
  id: z.union([z.string(), z.number()]).transform(String),
  title: text,
  slug: text,
  html: text,
  status: text,
  type: z.string().nullish(),
  visibility: z.string().nullish(),
  featured: z.union([z.boolean(), z.number()]).nullish(),
  feature_image: text,
  custom_excerpt: text,
  published_at: text,
  updated_at: text,
  meta_title: text,
  meta_description: text,
});
const ghostId = z.union([z.string(), z.number()]).transform(String);
const ghostExport = z.object({
  db: z
    .array(
      z.object({
        data: z.object({
          posts: z.array(ghostPost),
          tags: z.array(z.object({ id: ghostId, name: text })).default([]),
          posts_tags: z
            .array(z.object({ post_id: ghostId, tag_id: ghostId, sort_order: z.number().nullish() }))
            .default([]),
          posts_meta: z
            .array(z.object({ post_id: ghostId, meta_title: text, meta_description: text }))
            .default([]),
        }),
      }),
    )
    .min(1),
});

/**
 * The posts and pages of a Ghost export (Settings → Export). What is not public there becomes a draft
 * here; people are left aside.
 * @returns nothing when the JSON is no such export
 */
export function filesOfGhost(json: string, markdownOf: MarkdownOf): ImportFile[] | undefined {
  const parsed = ghostExport.safeParse(parsedOf(json)).data;
  const data = parsed?.db[0]?.data;
  if (!data) return undefined;
  const tagNames = new Map(data.tags.map(({ id, name }) => [id, name]));
  const tagsOfPost = Map.groupBy(
    data.posts_tags.toSorted((a, b) => (a.sort_order ?? 0) - (b.sort_order ?? 0)),
    ({ post_id }) => post_id,
  );
  const metaOfPost = new Map(data.posts_meta.map((meta) => [meta.post_id, meta]));
  return data.posts.map((post) => {
    const tags = (tagsOfPost.get(post.id) ?? []).map(({ tag_id }) => tagNames.get(tag_id) ?? "");
    const meta = metaOfPost.get(post.id) ?? post;
    return fileOf(
      {
        title: post.title,
        slug: post.slug,
        html: post.html,
        description: post.custom_excerpt,
        // Names that begin with # are notes of the author, which Ghost does not show.
        tags: tags.filter((name) => name !== "" && !name.startsWith("#")),
        isDraft: post.status !== "published" || (post.visibility ?? "public") !== "public",
        publishedAt: isoOf(post.published_at),
        updatedAt: isoOf(post.updated_at),
        isPinned: Boolean(post.featured),
        isPage: post.type === "page",
        searchTitle: meta.meta_title,
        searchDescription: meta.meta_description,
        cover: post.feature_image,
      },
      markdownOf,
    );
  });
}

function parsedOf(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined; // No JSON is no export.
  }
}

/** Ghost writes UTC with and without its sign. */
function isoOf(date: string): string | undefined {
  const time = Date.parse(/(?:[zZ]|[+-]\d\d:?\d\d)$/.test(date) ? date : `${date.replace(" ", "T")}Z`);
  return Number.isNaN(time) ? undefined : new Date(time).toISOString();
}
