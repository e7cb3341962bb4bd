/** Names that the SDK and Node give to what passes by itself. */
const temporary = new Set([
  "ECONNREFUSED",
  "ECONNRESET",
  "EPIPE",
  "ETIMEDOUT",
  "ProvisionedThroughputExceededException",
  "RequestLimitExceeded",
  "ThrottlingException",
  "TimeoutError",
  "TooManyRequestsException",
  "TransactionConflictException",
  "TransactionInProgressException",
]);

/**
 * Whether a service of AWS was busy, slow or down, after the SDK's own retries. ElectroDB
 * wraps the SDK's error, which therefore is looked for among the causes.
 */
export function isUnavailable(error: unknown): boolean {
  for (let at = error; at instanceof Error; at = at.cause) {
    const { name, code, $fault } = at as Error & { readonly code?: unknown; readonly $fault?: unknown };
    if ($fault === "server" || temporary.has(name) || temporary.has(String(code))) return true;
  }
  return false;
}

/** What Node calls a connection that was never made. */
const unconnected = new Set(["ECONNREFUSED", "EHOSTUNREACH", "ENETUNREACH", "ENOTFOUND", "EAI_AGAIN"]);

/** Whether a request surely never left, so that sending it again cannot do a thing twice. */
export function wasNeverSent(error: unknown): boolean {
  return unconnected.has((error as NodeJS.ErrnoException).code ?? "");
}
