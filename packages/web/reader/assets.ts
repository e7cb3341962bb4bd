import manifest from "./assets.json" with { type: "json" };

/** What the build made: plain names such as `reader.css` or `post.js`. */
export type AssetName = keyof typeof manifest;

/** The address of a built file, under a name that changes with its content. */
export function assetUrl(name: AssetName): string {
  return manifest[name];
}
