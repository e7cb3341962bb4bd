import path from "node:path";
import type { FunctionDefinition } from "../cloud.ts";

/**
 * Short names for people, by physical name: SST names the functions of routes and subscribers with letters
 * that say nothing, while their source does (`src/note.get` is `note.get`, `src/tick.handler` is `tick`).
 * Bundles without a source have the name of their component, and sources with the same name their folder.
 */
export function functionLabels(definitions: readonly FunctionDefinition[]): ReadonlyMap<string, string> {
  const short = definitions.map((one) => shortLabel(one));
  return new Map(
    definitions.map((definition, index) => {
      const label = short[index] ?? definition.name;
      const isAlone = short.filter((other) => other === label).length === 1;
      const folder = definition.source && path.basename(path.dirname(definition.source));
      return [definition.name, isAlone || !folder || folder === "src" ? label : `${folder}/${label}`];
    }),
  );
}

function shortLabel({ source, functionId }: FunctionDefinition): string {
  return source ? path.basename(source).replace(/\.handler$/, "") : functionId;
}
