import type { FunctionBuild } from "../cloud.ts";
import type { BuildParams } from "../function/bundle.ts";
import type { Provisioned, ProvisionRequest, Resource } from "../resource.ts";

import type { App } from "./recording.ts";

/** A Next.js site of the program. */
export interface Site {
  /** SST's component name. */
  readonly name: string;
  /** Absolute path of the site's own folder. */
  readonly folder: string;
  /** Absolute path of the OpenNext output that the synthesis saw: generated, or the site's own folder. */
  readonly placeholder: string;
}

/** What the parent process tells the child that runs the program. */
export interface StartMessage {
  readonly kind: "start";
  readonly root: string;
  readonly stage: string;
  readonly workFolder: string;
  readonly secretSeed: string;
  readonly siteOutput: SiteOutput;
}

/**
 * What stands in for a site's OpenNext build: `server` leaves out what only a deployed site needs (cache
 * table, revalidation queue and their functions), `deployed` has it. `built` means the real one, which
 * the program's own build command makes.
 */
export type SiteOutput = "server" | "deployed" | "built";

export interface Answer {
  readonly kind: "answer";
  readonly id: number;
  readonly value: Provisioned | FunctionBuild;
}

export type ParentMessage = StartMessage | Answer;

export interface Question {
  readonly kind: "provision" | "build";
  readonly id: number;
  readonly body: ProvisionRequest | BuildParams;
}

/** Everything that is known once the program has come to rest. */
export interface ProgramResult {
  readonly app: App;
  /** In the order of their registration. Components have no `id`. */
  readonly resources: readonly RegisteredResource[];
  readonly links: Readonly<Record<string, unknown>>;
  readonly outputs: Readonly<Record<string, unknown>>;
  readonly sites: readonly Site[];
}

export interface RegisteredResource extends Resource {
  /** The inputs with every secret masked, for files and eyes. */
  readonly maskedInputs: Readonly<Record<string, unknown>>;
  readonly retainOnDelete: boolean;
}

export type ChildMessage =
  | { readonly kind: "ready" }
  | Question
  | { readonly kind: "done"; readonly result: ProgramResult }
  | { readonly kind: "failed"; readonly message: string };
