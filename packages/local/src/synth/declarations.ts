import { ACCOUNT_ID } from "../cloud.ts";
import type { Declaration } from "./pulumi.ts";
import { findSourcePlace } from "./source-place.ts";

interface Declared {
  readonly type: string;
  readonly name: string;
}

/** What every account has and components read: nothing of it is registered. */
export const accountSettings: Readonly<Record<string, object>> = {
  // The role by which API Gateway writes its logs.
  "aws:apigateway/account:Account": { cloudwatchRoleArn: `arn:aws:iam::${ACCOUNT_ID}:role/gateway-logs` },
};

/**
 * The resources whose constructors ran. A resource is registered only once all
 * its inputs are known: one that waits for itself never is, and nothing else
 * would tell.
 */
export class Declarations {
  readonly #root: string;
  readonly #declared: Declared[] = [];
  /** Where the program itself declared a resource, by type and name. */
  readonly #places = new Map<string, string>();

  constructor(root: string) {
    this.#root = root;
  }

  /** To be called while the constructor runs, so that the program is on the stack. */
  add({ type, name, opts }: Declaration): void {
    if (!(type in accountSettings)) this.#declared.push({ type, name });
    const place = opts.parent ? undefined : findSourcePlace(new Error().stack, this.#root);
    if (place) this.#places.set(key({ type, name }), place);
  }

  placeOf(type: string, name: string): string | undefined {
    return this.#places.get(key({ type, name }));
  }

  /** What was declared and is not among these, as `type "name"`. */
  without(registered: readonly Declared[]): string[] {
    const counts = new Map<string, number>();
    for (const resource of registered) counts.set(key(resource), (counts.get(key(resource)) ?? 0) + 1);
    return this.#declared
      .filter((declared) => {
        const count = counts.get(key(declared)) ?? 0;
        counts.set(key(declared), count - 1);
        return count <= 0;
      })
      .map(key);
  }
}

function key({ type, name }: Declared): string {
  return `${type} "${name}"`;
}
