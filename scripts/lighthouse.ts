/** Lighthouse's four scores of a page, as on a phone: its slow network and processor are simulated. */
import { chromium } from "@playwright/test";
import { launch } from "chrome-launcher";
import lighthouse, { type RunnerResult } from "lighthouse";
import { chromiumPath } from "./chromium.ts";

/** The least that each category is held to, of 100. Performance has room for the noise of a busy machine. */
export const floors = { performance: 95, accessibility: 100, "best-practices": 100, seo: 100 } as const;
export type Category = keyof typeof floors;
export const categories = Object.keys(floors) as Category[];

export interface Look {
  /** Of 100. */
  readonly scores: Readonly<Record<Category, number>>;
  /** What cost points, each as one sentence. */
  readonly lost: Readonly<Record<Category, readonly string[]>>;
  /** Seconds until the largest part of the page is there. */
  readonly largestPaintSeconds: number;
  readonly layoutShift: number;
}

/** The front page, a Korean post with a picture and code, and a tag of that post, by name. */
export async function findPages(site: string): Promise<Record<"home" | "post" | "tag", string>> {
  const list = await fetch(`${site}/api/posts?lang=ko&limit=50`);
  const { items } = (await list.json()) as { items: { slug: string; tags: string[] }[] };
  for (const { slug, tags } of items) {
    const url = `${site}/ko/posts/${encodeURIComponent(slug)}`;
    const html = await (await fetch(url)).text();
    const [tag] = /\/ko\/tags\/[^"]+/.exec(html) ?? [];
    if (tags.length > 0 && tag && html.includes("<img") && html.includes("<pre"))
      return { home: `${site}/ko`, post: url, tag: site + tag };
  }
  throw new Error("No Korean post has a picture, code and a tag.");
}

/** Looks at a page several times, each time with nothing kept. */
export async function lookAt(url: string, times: number): Promise<Look[]> {
  const browser = await launch({
    chromePath: chromiumPath() ?? chromium.executablePath(),
    // A container's root has no sandbox.
    chromeFlags: ["--headless=new", "--disable-gpu", ...(process.getuid?.() === 0 ? ["--no-sandbox"] : [])],
  });
  try {
    const looks: Look[] = [];
    while (looks.length < times) {
      const flags = { port: browser.port, logLevel: "error", onlyCategories: categories } as const;
      const result = await lighthouse(url, flags);
      if (!result) throw new Error(`Lighthouse had nothing to say of ${url}.`);
      looks.push(lookOf(result.lhr));
    }
    return looks;
  } finally {
    browser.kill();
  }
}

function lookOf({ runtimeError, categories: found, audits }: RunnerResult["lhr"]): Look {
  if (runtimeError) throw new Error(`Lighthouse could not look: ${runtimeError.message}`);
  const each = <Value>(read: (category: Category) => Value) =>
    Object.fromEntries(categories.map((category) => [category, read(category)])) as Record<Category, Value>;
  const amountOf = (audit: string) => audits[audit]?.numericValue ?? Number.NaN;
  return {
    scores: each((category) => Math.round((found[category]?.score ?? 0) * 100)),
    lost: each((category) =>
      (found[category]?.auditRefs ?? [])
        .filter(({ weight }) => weight > 0)
        .flatMap(({ id }) => audits[id] ?? [])
        .filter(({ score }) => score !== null && score < 1)
        .map(
          ({ id, score, title, displayValue }) =>
            `${title}${displayValue ? `: ${displayValue}` : ""} (${id}, ${score})`,
        ),
    ),
    largestPaintSeconds: amountOf("largest-contentful-paint") / 1000,
    layoutShift: amountOf("cumulative-layout-shift"),
  };
}
