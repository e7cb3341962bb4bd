import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

/** The bootstrap record that SST keeps in the parameter store of every account. */
const BOOTSTRAP = {
  version: 99,
  asset: "sst-asset",
  assetEcrRegistryId: "000000000000",
  assetEcrUrl: "000000000000.dkr.ecr.us-east-1.amazonaws.com/sst-asset",
  state: "sst-state",
  appsyncHttp: "",
  appsyncRealtime: "",
};

export interface AwsStandIn {
  readonly url: string;
  close(): void;
}

/**
 * Answers the few calls that the SST command line makes before a diff, as an
 * account would in which nothing is deployed: the parameter store has the
 * bootstrap record and a passphrase, and no bucket has any object.
 */
export async function startAwsStandIn(): Promise<AwsStandIn> {
  const server = createServer((request, response) => {
    let body = "";
    request.setEncoding("utf8");
    request.on("data", (text: string) => {
      body += text;
    });
    request.on("end", () => {
      if (request.headers["x-amz-target"] === "AmazonSSM.GetParameter") {
        response.setHeader("content-type", "application/x-amz-json-1.1");
        response.end(JSON.stringify({ Parameter: parameter((JSON.parse(body) as { Name: string }).Name) }));
      } else if (request.method === "GET") {
        response.statusCode = 404;
        response.setHeader("content-type", "application/xml");
        response.end(
          '<?xml version="1.0"?><Error><Code>NoSuchKey</Code><Message>No such key.</Message></Error>',
        );
      } else {
        response.end();
      }
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}

function parameter(name: string) {
  const value =
    name === "/sst/bootstrap" ? JSON.stringify(BOOTSTRAP) : Buffer.alloc(32, 7).toString("base64");
  return { Name: name, Type: "SecureString", Value: value };
}
