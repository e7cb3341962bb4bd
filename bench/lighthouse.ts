/**
 * Lighthouse's four scores, as on a phone (its slow network and processor, simulated), of the front page,
 * of a Korean post with a picture and code, and of a tag, on the shape that is deployed: each the median
 * of three runs. `npm test` holds them to the same floors; here are also the times.
 */
import { categories, findPages, floors, type Look, lookAt } from "../scripts/lighthouse.ts";
import { startSeededCloud } from "./cloud.ts";
import { type Figure, quantile } from "./figure.ts";

const looksAtEach = 3;

export async function measure(): Promise<Figure[]> {
  const cloud = await startSeededCloud({ production: true });
  try {
    const figures: Figure[] = [];
    for (const [name, url] of Object.entries(await findPages(cloud.frontDoorUrl)))
      figures.push(...figuresOf(name, await lookAt(url, looksAtEach)));
    return figures;
  } finally {
    await cloud.stop();
  }
}

function figuresOf(page: string, looks: readonly Look[]): Figure[] {
  const median = (value: (look: Look) => number) => quantile(looks.map(value), 0.5);
  const scores = categories.map((category): Figure => {
    const goal = { operator: ">=", value: floors[category] } as const;
    return {
      name: `${page}-${category}`,
      value: median(({ scores }) => scores[category]),
      unit: "of 100",
      goal,
    };
  });
  const paint = median(({ largestPaintSeconds }) => largestPaintSeconds);
  const shift = median(({ layoutShift }) => layoutShift);
  return [
    ...scores,
    { name: `${page}-largest-paint`, value: paint, unit: "s", goal: { operator: "<=", value: 1 } },
    { name: `${page}-layout-shift`, value: shift, unit: "", goal: { operator: "<=", value: 0 } },
  ];
}
