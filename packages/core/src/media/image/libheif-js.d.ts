// The decoder brings no types. `heic.ts` states what it uses of it.
declare module "libheif-js/wasm-bundle.js";
