import { slugSchema } from "../post/post.contract.ts";

interface Source {
  /** Path of the file without its language. Translations share it. */
  readonly path: string;
  /** What the front matter names as the slug. */
  readonly given: unknown;
}

/**
 * A slug for each file that names none: its base name, or more of its path where another
 * file has that name. Shorter paths choose first, so that a file that is added deeper in
 * the folder later leaves the slugs of the others alone. `index` stands for its folder.
 * @returns a slug per file, nothing where the path has no letters to make one of
 */
export function chooseSlugs(sources: readonly Source[]): (string | undefined)[] {
  const pathByGiven = new Map(sources.map(({ path, given }) => [String(given), path]));
  const slugByPath = new Map<string, string | undefined>();
  const taken = new Set<string>();
  const paths = new Set(sources.filter(({ given }) => given === undefined).map(({ path }) => path));
  for (const path of [...paths].sort(byDepth)) {
    // A slug that another file names for itself is not free; its translation names it, too.
    const slug = candidates(path).find(
      (name) => !taken.has(name) && (pathByGiven.get(name) ?? path) === path,
    );
    if (slug) taken.add(slug);
    slugByPath.set(path, slug);
  }
  return sources.map(({ path, given }) => (given === undefined ? slugByPath.get(path) : String(given)));
}

function byDepth(a: string, b: string): number {
  return segmentsOf(a).length - segmentsOf(b).length || (a < b ? -1 : 1);
}

function segmentsOf(path: string): string[] {
  const segments = path.replace(/\.[^./]+$/, "").split("/");
  return segments.at(-1) === "index" && segments.length > 1 ? segments.slice(0, -1) : segments;
}

/** The names that a file could have, shortest first. */
function candidates(path: string): string[] {
  const segments = segmentsOf(path);
  const names = segments.map((_, index) => slugOf(segments.slice(segments.length - 1 - index).join(" ")));
  // Two paths can differ only in characters that slugs do not have.
  const numbered = Array.from({ length: 99 }, (_, index) => slugOf(`${segments.join(" ")} ${index + 2}`));
  return [...names, ...numbered].filter((name) => slugSchema.safeParse(name).success);
}

function slugOf(text: string): string {
  return text
    .normalize("NFC")
    .toLowerCase()
    .replace(/[^\p{Ll}\p{Lo}\p{N}]+/gu, "-")
    .replace(/^-+|-+$/g, "")
    .slice(0, 120)
    .replace(/-+$/, "");
}
