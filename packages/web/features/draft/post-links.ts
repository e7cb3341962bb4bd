import type { Completion, CompletionContext, CompletionResult } from "@codemirror/autocomplete";
import type { DraftSummary } from "@haru/core/post/post.contract";
import { postPath } from "../site/address.ts";

/** The search waits for a pause of so long, so that not every letter asks the server. */
const pauseMilliseconds = 200;

/** Finds posts of the author by their words; the newest ones for none. */
export type FindPosts = (words: string) => Promise<readonly DraftSummary[]>;

/** A link to a post in Markdown; nothing in the title ends it. */
export function linkTo({ lang, slug, title }: Pick<DraftSummary, "lang" | "slug" | "title">): string {
  return `[${title.replaceAll(/[\\[\]]/g, "\\$&")}](${postPath(lang, slug)})`;
}

/** Offers the author's published posts after `[[`, found by what is typed behind it, and puts a link in its place. */
export function postLinks(find: FindPosts) {
  return async (context: CompletionContext): Promise<CompletionResult | null> => {
    const typed = context.matchBefore(/\[\[[^[\]\n]*/);
    if (!typed) return null;
    await new Promise((resolve) => setTimeout(resolve, pauseMilliseconds));
    if (context.aborted) return null;
    // Without a network there is nothing to offer, and what is typed stays.
    const found = await find(typed.text.slice(2)).catch(() => []);
    const options = found.map(
      (post): Completion => ({
        label: post.title,
        detail: decodeURIComponent(postPath(post.lang, post.slug)),
        apply: (view, _, from, to) => {
          // Brackets that the keyboard closed by itself belong to what is replaced.
          const closed = view.state.sliceDoc(to, to + 2) === "]]" ? 2 : 0;
          const insert = linkTo(post);
          view.dispatch({
            changes: { from, to: to + closed, insert },
            selection: { anchor: from + insert.length },
            userEvent: "input.complete",
          });
        },
      }),
    );
    return { from: typed.from, options, filter: false };
  };
}
