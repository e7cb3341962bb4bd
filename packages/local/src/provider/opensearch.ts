import path from "node:path";
import { pathToFileURL } from "node:url";
import { ACCOUNT_ID, type Providers, REGION } from "../cloud.ts";

/**
 * Search domains. With `--opensearch` (or `OPENSEARCH_URL`, for one that runs already) the endpoint is
 * the address of a real OpenSearch. Without, it is the address of a file, in which the program may keep
 * an index of its own: no endpoint on AWS looks like that.
 */
export const opensearchProviders: Providers = {
  "aws:opensearch/domain:Domain": async ({ inputs }, cloud) => {
    const name: string = inputs.domainName;
    const file = path.join(cloud.dataFolder, "search", `${name}.sqlite`);
    return {
      id: name,
      state: {
        arn: `arn:aws:es:${REGION}:${ACCOUNT_ID}:domain/${name}`,
        domainName: name,
        endpoint: cloud.endpoints.opensearch ?? pathToFileURL(file).href,
      },
    };
  },
};
