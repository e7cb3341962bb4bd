/** Of all frames together, counted before anything is decoded. */
export const maxPixels = 50_000_000;
export const maxSidePixels = 12_000;
export const maxFrames = 600;
/** For decoding. What is made of the pixels afterwards has a bounded size and therefore a bounded time. */
export const decodeTimeoutSeconds = 20;
