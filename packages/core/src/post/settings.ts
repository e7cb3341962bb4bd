import type { PostSettings } from "./post.contract.ts";

/** The settings of a row, complete and in one order, so that two of them can be compared as JSON. */
export function settingsOf({ settings }: { readonly settings?: Partial<PostSettings> }): PostSettings {
  const {
    unlisted = false,
    pinned = false,
    kind = "post",
    series = "",
    searchTitle = "",
    searchDescription = "",
    cover,
  } = settings ?? {};
  return {
    unlisted,
    pinned,
    kind,
    series,
    searchTitle,
    searchDescription,
    ...(cover ? { cover: { src: cover.src, alt: cover.alt } } : {}),
  };
}
