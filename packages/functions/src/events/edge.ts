import { CloudFrontClient, CreateInvalidationCommand } from "@aws-sdk/client-cloudfront";
import { Resource } from "sst";
import { clientOptions } from "../core.ts";

let client: CloudFrontClient | undefined;

/**
 * Lets the edge forget what it keeps. All of it, in one path: which pages show a post is the site's
 * knowledge, the price is by the path, and what is fetched again comes from the site's own cache.
 */
export async function forgetAtEdge(): Promise<void> {
  client ??= new CloudFrontClient(clientOptions);
  await client.send(
    new CreateInvalidationCommand({
      DistributionId: Resource.Router.distributionId,
      InvalidationBatch: {
        CallerReference: crypto.randomUUID(),
        Paths: { Quantity: 1, Items: ["/*"] },
      },
    }),
  );
}
