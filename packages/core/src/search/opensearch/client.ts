import { Client, errors } from "@opensearch-project/opensearch";
import { AwsSigv4Signer } from "@opensearch-project/opensearch/aws-v3";
import { IndexUnavailable } from "../search-index.ts";

/** Statuses that pass by themselves. */
const temporary = new Set([408, 429, 500, 502, 503, 504]);

/** Credentials and region as the SDK's own clients have them. */
export interface Signing {
  readonly region: string;
  readonly credentials: () => Promise<{
    readonly accessKeyId: string;
    readonly secretAccessKey: string;
    readonly sessionToken?: string | undefined;
  }>;
}

/** A client that tries once: whoever calls knows whether there is time for more. */
export function connectOpensearch(url: string, signing?: Signing): Client {
  return new Client({
    node: url,
    maxRetries: 0,
    ...(signing
      ? AwsSigv4Signer({
          region: signing.region,
          service: "es",
          getCredentials: async () => {
            const { sessionToken, ...keys } = await signing.credentials();
            return { ...keys, ...(sessionToken === undefined ? {} : { sessionToken }) };
          },
        })
      : {}),
  });
}

export function statusOf(error: unknown): number | undefined {
  return error instanceof errors.ResponseError ? (error.statusCode ?? undefined) : undefined;
}

/** Tells an index that cannot be reached from a request that is wrong. */
export async function reaching<Result>(call: () => Promise<Result>): Promise<Result> {
  try {
    return await call();
  } catch (cause) {
    if (!isUnreachable(cause)) throw cause;
    // The error itself holds the whole request, which is what somebody looked for and none of a log's business.
    throw new IndexUnavailable(`OpenSearch cannot be reached: ${cause.message}`);
  }
}

function isUnreachable(error: unknown): error is Error {
  return (
    error instanceof errors.ConnectionError ||
    error instanceof errors.TimeoutError ||
    error instanceof errors.NoLivingConnectionsError ||
    temporary.has(statusOf(error) ?? 0)
  );
}
