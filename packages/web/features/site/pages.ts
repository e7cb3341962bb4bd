/** What is shown of a list that is read page by page, and where it goes on. */
export interface Pages<T> {
  readonly items: readonly T[];
  readonly cursor?: string | undefined;
}

/**
 * What is shown once a page has come. A list may have gone on since the page was asked for: its button was
 * pressed twice, or its filter changed. Such a page is dropped, so that nothing stands in a list twice.
 * @param after where the page goes on from; undefined for a list's first page
 */
export function withPage<P extends Pages<unknown>>(shown: P | undefined, after: string | undefined, next: P) {
  if (after === undefined) return next;
  if (shown?.cursor !== after) return shown;
  return { ...next, items: [...shown.items, ...next.items] };
}
