import type { RecordedFunction, RecordedResource } from "@haru/local/synth/recording";

/** A recorded stage that may be spoilt. */
export interface Draft {
  app: { name: string; stage: string; removal: "remove" | "retain" | "retain-all"; protect: boolean };
  resources: RecordedResource[];
  functions: Record<string, RecordedFunction>;
  outputs: Record<string, unknown>;
}

interface Mutation {
  /** The mistake, made in a copy of a real stage. */
  spoil(draft: Draft): void;
  /** What the property must then say. */
  readonly says: RegExp;
}

export function find({ resources }: Draft, name: string): RecordedResource["inputs"] {
  const found = resources.find((resource) => resource.name === name);
  if (!found) throw new Error(`There is no resource "${name}" to spoil.`);
  return found.inputs;
}

export function add(draft: Draft, type: string, name: string, inputs: RecordedResource["inputs"]): void {
  draft.resources.push({ urn: `urn:${name}`, type, name, parent: null, inputs, retainOnDelete: false });
}

export function remove(draft: Draft, name: string): void {
  find(draft, name);
  draft.resources = draft.resources.filter((resource) => resource.name !== name);
}

/** At least one mistake for each property of a module, which shows that the property can fail. */
export type Mutations<Module> = Readonly<Record<keyof Module, readonly Mutation[]>>;
