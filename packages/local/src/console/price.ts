/** Lambda's list price in us-east-1, first tier, US dollars without tax, as it has been since 2022. */
const PER_REQUEST = 0.2 / 1_000_000;
const PER_GIGABYTE_SECOND = { arm64: 0.000_013_333_4, x86_64: 0.000_016_666_7 };

export type Architecture = keyof typeof PER_GIGABYTE_SECOND;

/** The list price of calls, without the free tier. */
export function lambdaDollars(calls: {
  readonly count: number;
  readonly billedMs: number;
  readonly memoryMegabytes: number;
  readonly architecture: Architecture;
}): number {
  const gigabyteSeconds = (calls.billedMs / 1000) * (calls.memoryMegabytes / 1024);
  return calls.count * PER_REQUEST + gigabyteSeconds * PER_GIGABYTE_SECOND[calls.architecture];
}
