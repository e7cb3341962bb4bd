import type { PostSettings } from "@haru/core/post/post.contract";

/** What an author writes. */
export interface DraftFields {
  readonly title: string;
  readonly slug: string;
  readonly description: string;
  readonly tags: readonly string[];
  readonly settings: PostSettings;
  readonly markdown: string;
}

export const emptyFields: DraftFields = {
  title: "",
  slug: "",
  description: "",
  tags: [],
  settings: {
    unlisted: false,
    pinned: false,
    kind: "post",
    series: "",
    searchTitle: "",
    searchDescription: "",
  },
  markdown: "",
};

/** Whether two states of a draft say the same, however their parts are ordered. */
export function isSameText(a: DraftFields, b: DraftFields): boolean {
  return a === b || textOf(a) === textOf(b);
}

function textOf({ title, slug, description, tags, settings, markdown }: DraftFields): string {
  const { unlisted, pinned, kind, series, searchTitle, searchDescription, cover } = settings;
  const looks = [unlisted, pinned, kind, series, searchTitle, searchDescription, cover?.src, cover?.alt];
  return JSON.stringify([title, slug, description, tags, looks, markdown]);
}
