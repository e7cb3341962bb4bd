import { initialOf, tintOf } from "./initial.ts";

/** Stands where a picture of the person would: decoration, since the name is beside it. */
export function Initial({ name, seed }: { name: string; seed: string }) {
  return (
    <span className={`initial tint-${tintOf(seed)}`} aria-hidden="true">
      {initialOf(name)}
    </span>
  );
}
