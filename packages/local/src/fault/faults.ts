import type { FaultPlan } from "./plan.ts";

/** Faults that are drawn while a plan is in force, and how often each was. */
export interface Faults {
  readonly plan: FaultPlan;
  /** The first of these that strikes now. */
  draw<Fault extends { readonly share: number; readonly fault: string }>(
    where: string,
    candidates: readonly Fault[],
  ): Fault | undefined;
  /** How often each kind of fault was drawn, for instance `dynamodb throttle`. */
  counts(): Readonly<Record<string, number>>;
  note(kind: string): void;
  /** From now on things go wrong. */
  begin(): void;
  /** From now on nothing goes wrong on purpose. */
  end(): void;
  readonly areOn: boolean;
}

export function createFaults(plan: FaultPlan): Faults {
  const random = randomNumbers(plan.seed);
  const counts = new Map<string, number>();
  let areOn = false;
  const note = (kind: string) => void counts.set(kind, (counts.get(kind) ?? 0) + 1);
  return {
    plan,
    draw(where, candidates) {
      if (!areOn) return undefined;
      const drawn = candidates.find(({ share }) => random() < share);
      if (drawn) note(`${where} ${drawn.fault}`);
      return drawn;
    },
    counts: () => Object.fromEntries([...counts].sort()),
    note,
    begin() {
      areOn = true;
    },
    end() {
      areOn = false;
    },
    get areOn() {
      return areOn;
    },
  };
}

/** Numbers from 0 up to 1 that are the same for the same seed (mulberry32). */
export function randomNumbers(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Whether a name is the one of a pattern, in which `*` stands for anything. */
export function isNamed(pattern: string, name: string): boolean {
  const parts = pattern.split("*").map((part) => part.replaceAll(/[\\^$.|?+()[\]{}]/g, "\\$&"));
  return new RegExp(`^${parts.join(".*")}$`, "i").test(name);
}
