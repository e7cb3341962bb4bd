import type { PostSettings } from "./post.contract.ts";

/** The settings of a row, complete and in one order, so that two of them can be compared as JSON. */
export function settingsOf({ settings }: { readonly settings?: Partial<PostSettings> }): PostSettings {
  const {
    unlisted = false,
    pinned = false,
    searchTitle = "",
    searchDescription = "",
    cover,
  } = settings ?? {};
  return {
    unlisted,
    pinned,
    searchTitle,
    searchDescription,
    ...(cover ? { cover: { src: cover.src, alt: cover.alt } } : {}),
  };
}
