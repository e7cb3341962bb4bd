import * as access from "./access.ts";
import * as call from "./call.ts";
import * as data from "./data.ts";
import * as delivery from "./delivery.ts";
import * as domain from "./domain.ts";
import * as edge from "./edge.ts";
import * as identity from "./identity.ts";
import * as observation from "./observation.ts";
import * as operation from "./operation.ts";
import * as partition from "./partition.ts";
import type { Property } from "./recording.ts";
import * as release from "./release.ts";
import * as routes from "./routes.ts";

const everyProperty = {
  ...access,
  ...call,
  ...data,
  ...delivery,
  ...domain,
  ...edge,
  ...identity,
  ...observation,
  ...operation,
  ...partition,
  ...release,
  ...routes,
};

export type PropertyName = keyof typeof everyProperty;

/** What must hold in every stage, by name. */
export const properties: Readonly<Record<PropertyName, Property>> = everyProperty;

/** A property's name as a sentence: `noBucketIsPublic` says "no bucket is public". */
export function sentenceOf(name: string): string {
  return name.replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
}
