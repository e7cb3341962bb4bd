import type { Locale } from "@haru/core/locale";
import type { PostSummary } from "@haru/core/post/post.contract";
import { postPath, tagPath } from "../site/address.ts";
import { postMessages } from "./messages.ts";

/** One post in a list. */
export function Entry({ post }: { post: PostSummary }) {
  const text = postMessages[post.lang];
  return (
    <article className="entry">
      <h3>
        <a href={postPath(post.lang, post.slug)}>{post.title}</a>
      </h3>
      {post.description && <p>{post.description}</p>}
      <div className="meta">
        <span>{text.readingTime(post.readingMinutes)}</span>
        {post.commentCount > 0 && <span>{text.comments(post.commentCount)}</span>}
        <Tags tags={post.tags} lang={post.lang} />
      </div>
    </article>
  );
}

/** The tags of a post, each leading to its other posts. */
export function Tags({ tags, lang }: { tags: readonly string[]; lang: Locale }) {
  if (tags.length === 0) return null;
  return (
    <ul className="tags" aria-label={postMessages[lang].tags}>
      {tags.map((tag) => {
        const path = tagPath(lang, tag);
        return <li key={tag}>{path === undefined ? tag : <a href={path}>{tag}</a>}</li>;
      })}
    </ul>
  );
}
