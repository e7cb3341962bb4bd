/** Which entries of a batch failed: all of them, or those at these places (none when the batch succeeded). */
export type Failures = "all" | ReadonlySet<number>;

const NONE: Failures = new Set();

/**
 * Reads a partial batch response (`ReportBatchItemFailures`). As on AWS an
 * empty or absent list is success; an identifier that is absent, empty or not
 * of this batch, or a list that is no list, fails the whole batch.
 * @param identifiers of the batch, in order: sequence numbers or message ids
 */
export function readFailures(response: unknown, identifiers: readonly string[]): Failures {
  if (typeof response !== "object" || response === null) return NONE;
  const list = (response as { batchItemFailures?: unknown }).batchItemFailures;
  if (list === undefined || list === null) return NONE;
  if (!Array.isArray(list)) return "all";
  const failed = new Set<number>();
  for (const entry of list as readonly ({ itemIdentifier?: unknown } | null)[]) {
    const place = identifiers.indexOf(entry?.itemIdentifier as string);
    if (place < 0) return "all";
    failed.add(place);
  }
  return failed;
}
