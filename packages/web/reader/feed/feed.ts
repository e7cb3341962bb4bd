import type { Locale } from "@haru/core/locale";

/** What a feed says, in whatever format. All addresses are whole. */
export interface Feed {
  readonly title: string;
  readonly description: string;
  /** The page that shows the same posts. */
  readonly pageUrl: string;
  readonly feedUrl: string;
  /** The WebSub hub that tells subscribers of new entries. */
  readonly hubUrl: string | undefined;
  /** Absent for a feed of several languages. */
  readonly language: Locale | undefined;
  /** ISO 8601; that of the newest change, or of nothing at all while there is no post. */
  readonly updatedAt: string;
  readonly entries: readonly FeedEntry[];
}

export interface FeedEntry {
  /** Never changes, whatever happens to the post's title and address. */
  readonly id: string;
  readonly url: string;
  readonly title: string;
  readonly summary: string;
  /** Absent where the whole text would make the feed too large. */
  readonly html: string | undefined;
  readonly language: Locale;
  readonly author: { readonly name: string; readonly url: string };
  readonly tags: readonly string[];
  readonly publishedAt: string;
  readonly updatedAt: string;
}

/** Feeds leave the site, so that addresses within it are written whole. `html` is the renderer's own. */
export function withWholeAddresses(html: string, pageUrl: string): string {
  const { origin } = new URL(pageUrl);
  return html
    .replaceAll(/(\s(?:href|src)=")\/(?!\/)/g, `$1${origin}/`)
    .replaceAll(/(\shref=")#/g, `$1${pageUrl}#`);
}
