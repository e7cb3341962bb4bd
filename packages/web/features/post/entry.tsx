import type { PostSummary } from "@haru/core/post/post.contract";
import { postPath } from "../site/address.ts";
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
        <Tags tags={post.tags} label={text.tags} />
      </div>
    </article>
  );
}

export function Tags({ tags, label }: { tags: readonly string[]; label: string }) {
  if (tags.length === 0) return null;
  return (
    <ul className="tags" aria-label={label}>
      {tags.map((tag) => (
        <li key={tag}>{tag}</li>
      ))}
    </ul>
  );
}
