import type { CommentStanding } from "../comment/comment.contract.ts";
import type { AccountId, CommentId, PostId } from "../id.ts";
import type { Locale } from "../locale.ts";
import { initialSuffixesOf, lettersOf, partsOf, streamOf } from "./text/tokens.ts";

/** Whom a document is for: everybody, the post's author, or whoever moderates. Admins may find all. */
export const documentKinds = ["post", "draft", "comment"] as const;
export type DocumentKind = (typeof documentKinds)[number];

interface Indexed {
  /** See `documentId`. */
  readonly id: string;
  /** Rises with every change of what it is made from, see `version` of a post and of a comment. */
  readonly version: number;
  readonly postId: PostId;
  /** Of a comment, its author's name. */
  readonly title: string;
  readonly description: string;
  readonly tags: readonly string[];
  readonly author: { readonly accountId: AccountId; readonly displayName: string };
  /** ISO 8601; of a draft, when it was changed last. */
  readonly publishedAt: string;
  readonly headings: readonly string[];
  /** Plain text, a line for every block. */
  readonly text: string;
}

/** What the index knows of a post as readers see it, or as its author does. */
export interface PostDocument extends Indexed {
  readonly kind: "post" | "draft";
  readonly lang: Locale;
  readonly slug: string;
}

/** What it knows of a comment, shown or not. */
export interface CommentDocument extends Indexed {
  readonly kind: "comment";
  readonly commentId: CommentId;
  readonly threadId: CommentId;
  /** Who wrote the post, and so moderates. */
  readonly postAuthorId: AccountId;
  readonly queue: CommentStanding;
}

export type SearchDocument = PostDocument | CommentDocument;

/** What is shown of a document beside a passage of its text. */
export type Summary = Omit<PostDocument, "text" | "headings"> | Omit<CommentDocument, "text" | "headings">;

/** Who may find a document that is not for everybody, beside the admins. */
export function ownerOf(document: SearchDocument): AccountId {
  return document.kind === "comment" ? document.postAuthorId : document.author.accountId;
}

/** A document that is there now, or the mark of one that is not: both keep older writes out. */
export type Change =
  | { readonly id: string; readonly version: number; readonly document: SearchDocument }
  | { readonly id: string; readonly version: number; readonly document?: undefined };

/** The id of a document names all that its rows are read by: a post's id; of a comment also the post's and the thread's. */
export function documentId(...parts: [kind: "post" | "draft", postId: PostId] | CommentParts): string {
  return parts.join(":");
}
type CommentParts = [kind: "comment", postId: PostId, threadId: CommentId, commentId: CommentId];

/** Raised when the fields below change, so that a deployment notices that the index must be built anew. */
export const analysisVersion = 2;

/** Vocabularies end somewhere: a text of 300 kB is mostly the same words. */
const mostVocabulary = 8_000;

/** What a document is found by, in tokens divided by spaces. Both indexes hold these fields. */
export interface Analysis {
  readonly title: string;
  readonly tags: string;
  readonly headings: string;
  readonly text: string;
  readonly parts: string;
  /** Letters of the words of title, tags and headings. */
  readonly letters: string;
  /** Letters of the words of the text. */
  readonly vocabulary: string;
  readonly initials: string;
}

export function analyze({ title, tags, headings, description, text }: SearchDocument): Analysis {
  const heading = headings.join("\n");
  const tag = tags.join("\n");
  const known = lettersOf([title, tag, heading].join("\n"));
  const names = new Set(known);
  const inText = lettersOf(text).filter((word) => !names.has(word));
  return {
    title: streamOf(title).join(" "),
    tags: streamOf(tag).join(" "),
    headings: streamOf(heading).join(" "),
    text: streamOf(`${description}\n${text}`).join(" "),
    parts: partsOf([title, tag, heading, text].join("\n")).join(" "),
    letters: known.join(" "),
    vocabulary: inText.slice(0, mostVocabulary).join(" "),
    initials: initialSuffixesOf([title, tag, heading].join("\n")).join(" "),
  };
}
