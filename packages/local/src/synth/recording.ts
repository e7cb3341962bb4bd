/** What a recorded stage looks like. Types only, so that tests and tools may import them and nothing else. */

export interface App {
  readonly name: string;
  readonly stage: string;
  readonly removal: "remove" | "retain" | "retain-all";
  /** True when `sst remove` refuses this stage. */
  readonly protect: boolean;
}

/** A resource as it was declared, with secrets masked and nothing that changes from run to run or machine to machine. */
export interface RecordedResource {
  readonly urn: string;
  readonly type: string;
  readonly name: string;
  /** URN of the component that declared it; `null` when the program itself did. */
  readonly parent: string | null;
  // biome-ignore lint/suspicious/noExplicitAny: the shape of the inputs is the provider's own, one per type.
  readonly inputs: Record<string, any>;
  /** True when removing the stage leaves it on AWS. */
  readonly retainOnDelete: boolean;
}

export interface RecordedFunction {
  /** Entry as declared, or `undefined` for a prebuilt bundle. */
  readonly source: string | undefined;
  /** Names of the resources that are linked to it. */
  readonly links: readonly string[];
  /** Names that its bundle reads as `Resource.<Name>`; unknown for a prebuilt bundle. */
  readonly reads: readonly string[] | undefined;
  /** Calls of AWS that stand in its bundle, as the SDK names them (`PutObject`, `createPresignedPost`); unknown for a prebuilt bundle. */
  readonly calls: readonly string[] | undefined;
  /** Modules whose code is in its bundle, relative to the app's folder, without packages; unknown for a prebuilt bundle. */
  readonly modules: readonly string[] | undefined;
}

export interface Recording {
  readonly app: App;
  /** In the order of their URNs. */
  readonly resources: readonly RecordedResource[];
  /** Every function by SST's component name. */
  readonly functions: Readonly<Record<string, RecordedFunction>>;
  /** What a deployment prints at its end, for instance the site's address. */
  readonly outputs: Readonly<Record<string, unknown>>;
}
