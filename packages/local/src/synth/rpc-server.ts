import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { FunctionBuild } from "../cloud.ts";
import type { BuildParams } from "../function/bundle.ts";

interface Request {
  readonly method: string;
  readonly params: readonly unknown[];
}

/**
 * Stands in for the JSON-RPC server that the SST command line runs beside
 * Pulumi, and which components ask for bootstrap buckets and bundles. Its
 * address goes into `SST_SERVER`. It does not keep the process alive.
 */
export async function startRpcServer(
  build: (params: BuildParams) => Promise<FunctionBuild>,
): Promise<string> {
  const server = createServer((request, response) => {
    let body = "";
    request.setEncoding("utf8");
    request.on("data", (text: string) => {
      body += text;
    });
    request.on("end", async () => {
      // A connection that is kept would keep the process alive after the program has come to rest.
      response.setHeader("connection", "close");
      try {
        response.end(JSON.stringify({ result: await answer(JSON.parse(body) as Request, build) }));
      } catch (error) {
        response.end(JSON.stringify({ error: (error as Error).message }));
      }
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  server.unref();
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

async function answer(
  { method, params }: Request,
  build: (params: BuildParams) => Promise<FunctionBuild>,
): Promise<unknown> {
  switch (method) {
    case "Provider.Aws.Bootstrap":
      return {
        asset: "sst-asset",
        state: "sst-state",
        assetEcrRegistryId: "000000000000",
        assetEcrUrl: "000000000000.dkr.ecr.us-east-1.amazonaws.com/sst-asset",
        appsyncHttp: "",
        appsyncRealtime: "",
      };
    case "Runtime.Build": {
      const built = await build(params[0] as BuildParams);
      return { handler: built.builtHandler, out: built.folder, errors: [], sourcemaps: [] };
    }
    default:
      throw new Error(`SST asked its command line for "${method}", which is not known here.`);
  }
}
