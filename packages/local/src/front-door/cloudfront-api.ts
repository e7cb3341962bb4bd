import { randomUUID } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { ACCOUNT_ID, type Log } from "../cloud.ts";
import { accessKeyOf } from "../iam/guard.ts";
import type { Iam } from "../iam/iam.ts";
import type { FrontDoor } from "./front-door.ts";

const INVALIDATIONS = /^\/2020-05-31\/distribution\/([^/]+)\/invalidation$/;
const NAMESPACE = "http://cloudfront.amazonaws.com/doc/2020-05-31/";
/** "Quotas on invalidations": paths in progress at a time. */
const MAXIMUM_PATHS = 3_000;

export interface CloudfrontApi {
  /** `http://127.0.0.1:<port>`, for `AWS_ENDPOINT_URL_CLOUDFRONT`. */
  readonly url: string;
  stop(): Promise<void>;
}

/**
 * CloudFront's CreateInvalidation. It is done at once and counts every caller
 * reference as new. Signatures are not checked.
 */
export async function startCloudfrontApi(options: {
  readonly frontDoor: Pick<FrontDoor, "invalidate">;
  /** A free port when absent. */
  readonly port?: number;
  readonly iam?: Pick<Iam, "denial">;
  readonly log: Log;
}): Promise<CloudfrontApi> {
  const { frontDoor, log } = options;
  const server = createServer((request, response) => {
    answer(request, response).catch((error: Error) =>
      refuse(response, 500, "ServiceUnavailable", error.message),
    );
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(options.port ?? 0, "127.0.0.1", resolve);
  });

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname } = new URL(request.url ?? "/", "http://cloudfront");
    const distributionId = INVALIDATIONS.exec(pathname)?.[1];
    const body = await readText(request);
    if (request.method !== "POST" || !distributionId) {
      const message = "Only CreateInvalidation is served on the local cloud.";
      return refuse(response, 404, "NoSuchResource", message);
    }
    const resource = `arn:aws:cloudfront::${ACCOUNT_ID}:distribution/${decodeURIComponent(distributionId)}`;
    const denial = options.iam?.denial(accessKeyOf(request.headers.authorization), [
      { action: "cloudfront:CreateInvalidation", resource },
    ]);
    if (denial) return refuse(response, 403, "AccessDenied", denial);
    const batch = body.replace(/^<\?xml[^>]*\?>/, "");
    const paths = [...batch.matchAll(/<Path>([^<]*)<\/Path>/g)].map(([, path = ""]) => unescapeXml(path));
    const quantity = Number(/<Quantity>(\d+)<\/Quantity>/.exec(batch)?.[1]);
    if (quantity !== paths.length) {
      return refuse(
        response,
        400,
        "InconsistentQuantities",
        "The value of Quantity is not the number of items.",
      );
    }
    if (paths.length === 0 || paths.length > MAXIMUM_PATHS) {
      return refuse(response, 400, "InvalidArgument", `There may be 1 to ${MAXIMUM_PATHS} paths.`);
    }
    const count = frontDoor.invalidate(decodeURIComponent(distributionId), paths);
    const message = `invalidated ${paths.join(" ")}: ${count} objects`;
    log({ level: "debug", source: "front door", message });
    const id = `I${randomUUID().replaceAll("-", "").slice(0, 20).toUpperCase()}`;
    const time = new Date().toISOString();
    response.writeHead(201, { "content-type": "text/xml", location: `${pathname}/${id}` });
    response.end(
      `<?xml version="1.0"?>\n<Invalidation xmlns="${NAMESPACE}"><Id>${id}</Id><Status>Completed</Status>` +
        `<CreateTime>${time}</CreateTime>${batch.replace(/ xmlns="[^"]*"/, "")}</Invalidation>`,
    );
  }

  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function readText(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}

function unescapeXml(text: string): string {
  const named = { lt: "<", gt: ">", quot: '"', apos: "'", amp: "&" } as const;
  return text.replaceAll(/&(lt|gt|quot|apos|amp);/g, (_, name: keyof typeof named) => named[name]);
}

function refuse(response: ServerResponse, statusCode: number, code: string, message: string): void {
  response.writeHead(statusCode, { "content-type": "text/xml" });
  response.end(
    `<?xml version="1.0"?>\n<ErrorResponse xmlns="${NAMESPACE}"><Error><Type>Sender</Type><Code>${code}</Code>` +
      `<Message>${message}</Message></Error><RequestId>${randomUUID()}</RequestId></ErrorResponse>`,
  );
}
