import { type Category, categories, findPages, floors, type Look, lookAt } from "../scripts/lighthouse.ts";
import { expect, test } from "./fixtures.ts";

/**
 * Each page is held to the median of three looks, which does not mind one at a moment when the machine did
 * something else. Where two looks agree about a floor, the third changes nothing about the median, and is left out.
 */
async function lookUntilSure(url: string): Promise<Look[]> {
  const looks = await lookAt(url, 2);
  const agree = (category: Category) =>
    new Set(looks.map(({ scores }) => scores[category] >= floors[category])).size === 1;
  return categories.every(agree) ? looks : [...looks, ...(await lookAt(url, 1))];
}

/** The middle one of three by its score in a category, the lower one of two. */
function medianOf(looks: readonly Look[], category: Category): Look {
  const inOrder = looks.toSorted((one, other) => one.scores[category] - other.scores[category]);
  const middle = inOrder[Math.floor((inOrder.length - 1) / 2)];
  if (!middle) throw new Error("Nobody looked.");
  return middle;
}

for (const name of ["home", "post", "tag"] as const) {
  test(`Lighthouse gives the ${name} its points as on a phone`, async ({ baseURL, request }) => {
    const { [name]: url } = await findPages(baseURL ?? "");
    // The page as readers get it, not as it is made for the first of them.
    await expect.poll(async () => (await request.get(url)).headers()["x-cache"]).toBe("Hit from cloudfront");
    const looks = await lookUntilSure(url);
    for (const category of categories) {
      const { scores, lost } = medianOf(looks, category);
      expect
        .soft(scores[category], [`${category} of the ${name}, ${url}`, ...lost[category]].join("\n  "))
        .toBeGreaterThanOrEqual(floors[category]);
    }
  });
}
