import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { accountIdOf, newId } from "@haru/core/id";
import { renderPost } from "@haru/core/markdown/render";
import { documentId, type SearchDocument } from "@haru/core/search/search-document";
import { textOfHtml } from "@haru/core/search/text/html-text";
import { planImport } from "@haru/core/transfer/plan";

/** Real articles, read where they lie beside the repository; they are not ours to keep in it. */
const articles = path.resolve(import.meta.dirname, "../../../shared/data/posts");

/** The folder of the articles; nothing where they are not at hand. */
export function articlesFolder(): string | undefined {
  return readdirSafely(articles).length > 0 ? articles : undefined;
}

function readdirSafely(folder: string): string[] {
  try {
    return readdirSync(folder, { recursive: true, encoding: "utf8" });
  } catch {
    return []; // Only who has the articles can measure with them.
  }
}

/** An article as the index holds it, and the name that the golden set knows it by. */
export interface Article {
  /** Path without language and ending, for instance `learn/typescript`. */
  readonly name: string;
  readonly document: SearchDocument;
}

export function readArticles(folder: string): Article[] {
  const files = readdirSafely(folder)
    .filter((file) => file.endsWith(".md") && /^(?:ko|en)\//.test(file))
    .map((file) => ({ path: file, text: readFileSync(path.join(folder, file), "utf8") }));
  const now = new Date("2026-11-21T00:00:00.000Z");
  const author = {
    accountId: accountIdOf("00000000-0000-4000-8000-000000000001"),
    displayName: "React 팀",
  };
  return planImport(files, "en")
    .works.flat()
    .map(({ path: file, post }) => {
      const { html, headings, excerpt } = renderPost(post.markdown);
      const postId = newId("post", now);
      const { lang, slug, title, tags, publishedAt = now.toISOString() } = post;
      const name = file.replace(/^(?:ko|en)\//, "").replace(/\.md$/, "");
      const document: SearchDocument = {
        id: documentId("post", postId),
        version: 1,
        kind: "post",
        postId,
        lang,
        slug,
        title,
        description: post.description || excerpt,
        tags,
        author,
        publishedAt,
        headings: headings.map(({ text }) => text),
        text: textOfHtml(html),
      };
      return { name, document };
    });
}
