/**
 * A resource as the program declared it and as this machine answered it.
 * `inputs` are plain JSON: secrets unwrapped, outputs resolved, and physical
 * names stable (the random ending that SST adds at every run is removed).
 */
export interface Resource {
  /** Unique, unlike `type` and `name` together. */
  readonly urn: string;
  /** The Pulumi type token, for instance `aws:dynamodb/table:Table`. */
  readonly type: string;
  /** The logical name, for instance `TableTable`. */
  readonly name: string;
  /** URN of the component that declared it. */
  readonly parent: string | undefined;
  /** Where the app declares the component that this belongs to, for instance `infra/storage.ts:12`. */
  readonly declaredAt?: string;
  // biome-ignore lint/suspicious/noExplicitAny: the shape of the inputs is the provider's own, one per type.
  readonly inputs: Record<string, any>;
  readonly id: string;
  /** What other resources read: inputs plus computed fields such as `arn`. */
  // biome-ignore lint/suspicious/noExplicitAny: see `inputs`.
  readonly state: Record<string, any>;
}

/** What a provider is asked for. */
export type ProvisionRequest = Omit<Resource, "id" | "state">;

/** What a provider answers: the physical id and the computed fields, merged over the inputs into `state`. */
export interface Provisioned {
  readonly id: string;
  readonly state: Record<string, unknown>;
}
