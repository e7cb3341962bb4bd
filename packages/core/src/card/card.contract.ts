/** The size in pixels that all who show cards ask for. */
export const cardSize = { width: 1200, height: 630 } as const;
