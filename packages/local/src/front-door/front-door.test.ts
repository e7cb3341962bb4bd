import { mkdtemp, rm } from "node:fs/promises";
import {
  createServer,
  request as httpRequest,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from "node:http";
import { type AddressInfo, connect } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { brotliDecompressSync, gunzipSync } from "node:zlib";
import { PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { bareCloud } from "../../test/bare-cloud.ts";
import { clientSettings } from "../aws-client.ts";
import { FunctionError, type Providers } from "../cloud.ts";
import { type S3Engine, startS3 } from "../engine/s3.ts";
import { type S3Guard, startS3Guard } from "../engine/s3-guard.ts";
import { bundleFunction } from "../function/bundle.ts";
import { apigatewayv2Providers } from "../provider/apigatewayv2.ts";
import { cloudfrontProviders } from "../provider/cloudfront.ts";
import { commandProviders } from "../provider/command.ts";
import { dynamicProviders } from "../provider/dynamic.ts";
import { s3Providers } from "../provider/s3.ts";
import type { ProvisionRequest, Resource } from "../resource.ts";
import { ensurePlatform } from "../synth/platform.ts";
import { synthesize } from "../synth.ts";
import { rewriteAddresses } from "./address.ts";
import { type FrontDoor, openFrontDoor } from "./front-door.ts";

/**
 * SST's own router, synthesised from `test/router`: its real edge function and
 * its real entries decide where each request goes.
 */
const ROOT = path.resolve(import.meta.dirname, "../../test/router");
const PROJECT = path.resolve(ROOT, "../../../..");
const ARN = "arn:aws:lambda:us-east-1:000000000000:function";

const providers: Providers = {
  ...apigatewayv2Providers,
  ...cloudfrontProviders,
  ...commandProviders,
  ...dynamicProviders,
  ...s3Providers,
  "aws:lambda/function:Function": async ({ name }) => ({
    id: name,
    state: {
      name,
      arn: `${ARN}:${name}`,
      qualifiedArn: `${ARN}:${name}:1`,
      invokeArn: `${ARN}:${name}`,
      version: "1",
    },
  }),
  "aws:lambda/functionUrl:FunctionUrl": async ({ name, inputs }) => ({
    id: name,
    state: { functionUrl: `https://${inputs.functionName.toLowerCase()}.lambda-url.us-east-1.on.aws/` },
  }),
};

let engine: S3Engine;
let guard: S3Guard;
let folder: string;
let door: FrontDoor;
let site: Server;
let slow: Server;
let outputs: Readonly<Record<string, unknown>>;
let cloud: ReturnType<typeof bareCloud>;
let logged: string[] = [];
const resources: Resource[] = [];
let onSite: (request: IncomingMessage, response: ServerResponse) => void;
let onInvoke: (name: string, event: never) => unknown;

const portOf = (server: Server) => (server.address() as AddressInfo).port;
const listen = (server: Server) => new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));

beforeAll(async () => {
  await ensurePlatform(PROJECT, () => {});
  folder = await mkdtemp(path.join(tmpdir(), "front-door-"));
  engine = await startS3({ dataFolder: folder });
  guard = await startS3Guard({ target: engine.url, log: () => {} });
  site = createServer((request, response) => onSite(request, response));
  slow = createServer(() => {});
  await Promise.all([listen(site), listen(slow)]);
  door = await openFrontDoor({ preferredPort: 23_000, log: (line) => logged.push(line.message) });
  cloud = Object.assign(bareCloud({ s3: guard.url, cognito: "http://127.0.0.1:1" }), {
    port: async () => 0,
    frontDoorUrl: door.url,
    resources,
    log: ({ message }: { message: string }) => logged.push(message),
    functions: { invoke: async (name: string, event: never) => onInvoke(name, event) },
  });
  process.env.SLOW_URL = `http://127.0.0.1:${portOf(slow)}`;
  const synthesis = await synthesize({
    root: ROOT,
    stage: "test",
    workFolder: folder,
    secretSeed: "seed",
    provision: provideAny,
    build: (params) => bundleFunction(params, { root: ROOT, folder: path.join(folder, "bundles") }),
  });
  outputs = synthesis.outputs;
});
afterAll(async () => {
  await door.stop();
  await cloud.stop();
  await guard.stop();
  await engine.stop();
  for (const server of [site, slow]) {
    server.closeAllConnections();
    server.close();
  }
  await rm(folder, { recursive: true, force: true });
});
beforeEach(() => {
  logged = [];
  onSite = (request, response) => response.end(`site ${request.url}`);
  onInvoke = () => "hello";
});

/** What no provider of this test makes real needs only a name here. */
async function provideAny(request: ProvisionRequest) {
  const provider = providers[request.type];
  const { id, state } = provider
    ? await provider(request, cloud)
    : { id: request.name, state: { arn: `arn:aws:any:::${request.name}` } };
  const merged = { name: request.name, ...request.inputs, ...state };
  resources.push({ ...request, id, state: merged });
  return { id, state: merged };
}

const isSite = (name: string) => name.toLowerCase().includes("web");

function open(): void {
  door.serve(cloud, (name) => (isSite(name) ? `http://127.0.0.1:${portOf(site)}` : undefined));
}

const get = (target: string, init?: RequestInit) => fetch(door.url + target, { redirect: "manual", ...init });

async function putObject(key: string, body: string, more: Record<string, string> = {}) {
  const client = new S3Client({ ...clientSettings(guard.url), forcePathStyle: true });
  const Bucket = bucketOf("Files");
  await client.send(
    new PutObjectCommand({ Bucket, Key: key, Body: body, ContentType: "text/plain", ...more }),
  );
  client.destroy();
}

function bucketOf(name: string): string {
  const bucket = resources.find((one) => one.type === "aws:s3/bucket:Bucket" && one.name.startsWith(name));
  if (!bucket) throw new Error(`no bucket ${name}`);
  return bucket.id;
}

test("until it is opened, every request is told that the cloud is starting", async () => {
  const text = await get("/anything");
  expect([text.status, text.headers.get("retry-after"), await text.text()]).toEqual([
    503,
    "1",
    expect.stringContaining("is starting"),
  ]);
  const page = await get("/", { headers: { accept: "text/html" } });
  expect(await page.text()).toContain('<meta http-equiv="refresh" content="1">');
  open();
  expect((await get("/")).status).toBe(200);
});

test("a program's address of the router is the front door's", () => {
  expect(String(outputs.url)).toMatch(/^https:\/\/d-[a-z-]+\.cloudfront\.localhost$/);
  const links = { Web: { url: `${outputs.url}/x`, list: [`{"a":"${outputs.url}"}`] }, n: 1, none: null };
  expect(rewriteAddresses(links, cloud)).toEqual({
    Web: { url: `${door.url}/x`, list: [`{"a":"${door.url}"}`] },
    n: 1,
    none: null,
  });
  expect(rewriteAddresses("https://a.cloudfront.localhost.evil.example", cloud)).toBe(
    "https://a.cloudfront.localhost.evil.example",
  );
});

// Amazon CloudFront Developer Guide, "CloudFront Functions event structure" and "Helper methods for origin modification".

test("a page goes to the site, with the viewer's host, cookies and query as they came", async () => {
  let seen: IncomingMessage | undefined;
  onSite = (request, response) => {
    seen = request;
    response
      .writeHead(200, { "content-type": "text/html", "set-cookie": ["a=1; Path=/; HttpOnly", "b=2"] })
      .end("<p>");
  };
  const response = await get("/blog/%EA%B8%80?b=2&a=1&a=%20x&empty=&bare", {
    headers: { cookie: "x=1; y=a=b; x=2", "accept-language": "ko" },
  });
  expect([response.status, await response.text()]).toEqual([200, "<p>"]);
  expect(response.headers.getSetCookie()).toEqual(["a=1; Path=/; HttpOnly", "b=2"]);
  expect(seen?.url).toBe("/blog/%EA%B8%80?b=2&a=1&a=%20x&empty=&bare");
  expect(seen?.headers).toMatchObject({
    "x-forwarded-host": new URL(door.url).host,
    "x-forwarded-proto": "http",
    "x-forwarded-for": "127.0.0.1",
    "accept-language": "ko",
    cookie: "x=1; x=2; y=a=b",
  });
  expect(seen?.headers["x-open-next-cache-key"]).toMatch(/^[0-9a-f]{32}$/);
});

test("images that Next.js resizes go to the site as well, since it serves them itself here", async () => {
  expect(await (await get("/_next/image?url=%2Fa.png&w=64&q=75")).text()).toBe(
    "site /_next/image?url=%2Fa.png&w=64&q=75",
  );
});

test("a viewer cannot forge who it is", async () => {
  let seen: IncomingMessage | undefined;
  onSite = (request, response) => {
    seen = request;
    response.end();
  };
  await get("/", {
    headers: {
      "x-forwarded-for": "1.2.3.4",
      "x-forwarded-host": "evil.example",
      "x-forwarded-proto": "https",
      "x-forwarded-port": "1",
      "x-real-ip": "1.2.3.4",
      forwarded: "for=1.2.3.4",
      "cloudfront-viewer-address": "1.2.3.4:1",
      "cloudfront-viewer-country": "KP",
    },
  });
  expect(JSON.stringify(seen?.headers)).not.toMatch(/1\.2\.3\.4|evil|KP/);
  expect(seen?.headers["x-forwarded-proto"]).toBe("http");
  expect(seen?.headers["cloudfront-viewer-address"]).toMatch(/^127\.0\.0\.1:\d+$/);
});

test("headers of the connection are not passed on, whichever way", async () => {
  let seen: IncomingMessage | undefined;
  onSite = (request, response) => {
    seen = request;
    response
      .writeHead(200, { connection: "x-secret", "x-secret": "1", "keep-alive": "timeout=1", "x-kept": "1" })
      .end();
  };
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    const headers = { connection: "close, x-mine", "x-mine": "1", te: "trailers", "x-other": "1" };
    httpRequest(door.url, { headers }, (answer) => resolve(answer.resume()))
      .on("error", reject)
      .end();
  });
  expect(seen?.headers).not.toHaveProperty("x-mine");
  expect(seen?.headers).not.toHaveProperty("te");
  expect(seen?.headers).toHaveProperty("x-other", "1");
  expect(response.headers).not.toHaveProperty("x-secret");
  expect(response.headers).toHaveProperty("x-kept", "1");
});

test("bodies are passed on while they come, both ways", async () => {
  const received: string[] = [];
  onSite = (request, response) => {
    response.writeHead(200, { "content-type": "text/event-stream" });
    request.setEncoding("utf8").on("data", (chunk) => {
      received.push(chunk);
      response.write(`got ${chunk};`);
    });
    request.on("end", () => response.end("done"));
  };
  const outgoing = httpRequest(`${door.url}/stream`, { method: "POST" });
  const chunks: string[] = [];
  const answered = new Promise<void>((resolve, reject) => {
    outgoing.on("error", reject).on("response", (answer) => {
      answer.setEncoding("utf8").on("data", (chunk: string) => {
        chunks.push(chunk);
        // The second part is sent only after the answer to the first one has come.
        if (chunks.length === 1) outgoing.end("two");
      });
      answer.on("end", resolve);
    });
  });
  outgoing.write("one");
  await answered;
  expect(received).toEqual(["one", "two"]);
  expect(chunks.join("")).toBe("got one;got two;done");
});

test("a DELETE with a body of unknown length arrives whole", async () => {
  onSite = (request, response) => request.pipe(response);
  const body = new Blob(["abc"]).stream();
  const response = await get("/x", { method: "DELETE", body, duplex: "half" } as RequestInit);
  expect(await response.text()).toBe("abc");
});

test("an API path goes to the HTTP API, rewritten, with method, query and body", async () => {
  let event: Record<string, unknown> = {};
  onInvoke = (name, given) => {
    event = given;
    return { statusCode: 201, headers: { "x-name": name }, cookies: ["s=1"], body: "made" };
  };
  const headers = { "content-type": "application/json", authorization: "Bearer x" };
  const response = await get("/api/posts/1?draft=true", { method: "PUT", body: '{"a":1}', headers });
  expect([response.status, await response.text(), response.headers.getSetCookie()]).toEqual([
    201,
    "made",
    ["s=1"],
  ]);
  expect(event).toMatchObject({
    routeKey: "ANY /{proxy+}",
    rawPath: "/posts/1",
    rawQueryString: "draft=true",
    body: '{"a":1}',
    headers: { authorization: "Bearer x", "x-forwarded-for": "127.0.0.1, 127.0.0.1" },
  });
});

test("a body that the API finds too large is answered with the API's 413", async () => {
  const body = Buffer.alloc(11 * 1024 * 1024);
  expect((await get("/api/posts", { method: "POST", body })).status).toBe(413);
});

// AWS Lambda Developer Guide, "Invoking Lambda function URLs".
test("a function's address gets an event of payload format 2.0 with the path still encoded", async () => {
  let event: Record<string, unknown> = {};
  onInvoke = (_name, given) => {
    event = given;
    return { statusCode: 200, headers: { "content-type": "text/html" }, isBase64Encoded: true, body: "aGk=" };
  };
  const response = await get("/hello/a%20b?x=1", {
    method: "POST",
    body: "text",
    headers: { "content-type": "text/plain", cookie: "k=v" },
  });
  expect([response.status, await response.text()]).toEqual([200, "hi"]);
  expect(event).toMatchObject({
    routeKey: "$default",
    rawPath: "/hello/a%20b",
    cookies: ["k=v"],
    body: "text",
    headers: { "x-forwarded-host": new URL(door.url).host },
  });
});

test("a function that throws behind its address is answered with 502 and says so", async () => {
  onInvoke = () => {
    throw new FunctionError("TypeError", "x is <broken>", [], "thrown");
  };
  const response = await get("/hello", { headers: { accept: "text/html" } });
  expect(response.status).toBe(502);
  expect(await response.text()).toContain("TypeError: x is &#60;broken&#62;");
});

// Amazon CloudFront Developer Guide, "Restrict access to an Amazon S3 origin".

test("an object is read with its type, cache rules, ranges and validators", async () => {
  await putObject("a b/글.txt", "0123456789", { CacheControl: "max-age=60" });
  const target = `/files/${encodeURIComponent("a b")}/${encodeURIComponent("글.txt")}`;
  const whole = await get(target, { headers: { cookie: "secret=1" } });
  expect([whole.status, await whole.text()]).toEqual([200, "0123456789"]);
  expect(whole.headers.get("content-type")).toBe("text/plain");
  expect(whole.headers.get("cache-control")).toBe("max-age=60");
  expect(whole.headers.get("x-content-type-options")).toBe("nosniff");

  const part = await get(target, { headers: { range: "bytes=2-4" } });
  expect([part.status, await part.text(), part.headers.get("content-range")]).toEqual([
    206,
    "234",
    "bytes 2-4/10",
  ]);

  const etag = whole.headers.get("etag") ?? "";
  const unchanged = await get(target, { headers: { "if-none-match": etag } });
  expect([unchanged.status, await unchanged.text()]).toEqual([304, ""]);

  const head = await get(target, { method: "HEAD" });
  expect([head.status, head.headers.get("content-length"), await head.text()]).toEqual([200, "10", ""]);
});

test("what is not in a bucket looks forbidden, as to everyone who may not list it", async () => {
  const response = await get("/files/nothing.txt");
  expect([response.status, await response.text()]).toEqual([
    403,
    expect.stringContaining("<Code>AccessDenied</Code>"),
  ]);
});

test("a bucket that lets CloudFront not in, and every writing, is refused", async () => {
  await putObject("x.txt", "x");
  // That route has no rewrite, so the key begins with its path.
  await putObject("closed/x.txt", "secret", { Bucket: bucketOf("Closed") });
  expect((await get("/closed/x.txt")).status).toBe(403);
  expect((await get("/files/x.txt", { method: "PUT", body: "y" })).status).toBe(403);
  expect((await get("/files/x.txt", { method: "DELETE" })).status).toBe(403);
  expect(await (await get("/files/x.txt")).text()).toBe("x");
});

// Amazon CloudFront Developer Guide, "Customize at the edge with CloudFront Functions".

test("an edge function may answer itself, with headers, cookies and a body", async () => {
  const response = await get("/old");
  expect([
    response.status,
    response.headers.get("location"),
    response.headers.getSetCookie(),
    await response.text(),
  ]).toEqual([301, "/new", ["seen=1; Path=/"], "moved"]);
});

test("an edge function that throws is answered with 503 and says so, and others go on", async () => {
  const [broken, fine] = await Promise.all([get("/broken"), get("/fine")]);
  expect([broken.status, await broken.text()]).toEqual([503, expect.stringContaining("the edge is broken")]);
  expect([fine.status, await fine.text()]).toEqual([200, "site /fine"]);
  expect(logged.join()).toContain("the edge is broken");
});

test("requests at the same time keep their own origins", async () => {
  await putObject("same.txt", "object");
  onInvoke = () => "api";
  const targets = Array.from(
    { length: 60 },
    (_, index) => ["/files/same.txt", "/api/x", "/page"][index % 3] ?? "/",
  );
  const bodies = await Promise.all(targets.map(async (target) => (await get(target)).text()));
  expect(new Set(bodies.filter((_, index) => index % 3 === 0))).toEqual(new Set(["object"]));
  expect(new Set(bodies.filter((_, index) => index % 3 === 1))).toEqual(new Set(["api"]));
  expect(new Set(bodies.filter((_, index) => index % 3 === 2))).toEqual(new Set(["site /page"]));
});

// Amazon CloudFront Developer Guide, "Serve compressed files".

test.each([
  ["gzip, deflate, br", "br"],
  ["gzip", "gzip"],
  ["br;q=0, gzip", "gzip"],
  ["identity", null],
])("text for a viewer that takes '%s' is sent as %s", async (accept, encoding) => {
  const text = "하루 ".repeat(1000);
  onSite = (_request, response) => {
    const headers = { "content-type": "text/html; charset=utf-8", etag: '"v1"', vary: "rsc" };
    response.writeHead(200, { ...headers, "content-length": Buffer.byteLength(text) }).end(text);
  };
  const { headers, body } = await new Promise<{ headers: IncomingMessage["headers"]; body: Buffer }>(
    (resolve, reject) => {
      httpRequest(door.url, { headers: { "accept-encoding": accept } }, async (answer) => {
        resolve({ headers: answer.headers, body: Buffer.concat(await answer.toArray()) });
      })
        .on("error", reject)
        .end();
    },
  );
  const decode =
    encoding === "br" ? brotliDecompressSync : encoding === "gzip" ? gunzipSync : (raw: Buffer) => raw;
  expect(decode(body).toString()).toBe(text);
  expect(headers["content-encoding"] ?? null).toBe(encoding);
  expect(headers.etag).toBe(encoding ? 'W/"v1"' : '"v1"');
  expect(headers.vary).toBe(encoding ? "rsc, accept-encoding" : "rsc");
});

test.each([
  ["an image", { "content-type": "image/png", "content-length": "2000" }],
  ["a short text", { "content-type": "text/html", "content-length": "900" }],
  ["a text of unknown length", { "content-type": "text/html" }],
  [
    "what the site encoded itself",
    { "content-type": "text/html", "content-length": "2000", "content-encoding": "x" },
  ],
])("%s is sent as it is", async (_what, headers: Record<string, string>) => {
  onSite = (_request, response) => {
    response.writeHead(200, headers);
    response.end("a".repeat(Number(headers["content-length"] ?? 2000)));
  };
  const encoding = await new Promise((resolve, reject) => {
    httpRequest(door.url, { headers: { "accept-encoding": "br" } }, (answer) => {
      answer.resume();
      resolve(answer.headers["content-encoding"]);
    })
      .on("error", reject)
      .end();
  });
  expect(encoding).toBe(headers["content-encoding"]);
});

test("an origin that is not there is answered with 502 and one that is silent with 504", async () => {
  const gone = await get("/gone/x");
  expect([gone.status, await gone.text()]).toEqual([
    502,
    expect.stringContaining("127.0.0.1:1 does not answer"),
  ]);
  const late = await get("/slow/x");
  expect([late.status, await late.text()]).toEqual([504, expect.stringContaining("within 1 s")]);
});

test("an answer that breaks off does not look like a whole one", async () => {
  onSite = (_request, response) => {
    response.writeHead(200, { "content-type": "text/plain" });
    response.write("half");
    setTimeout(() => response.destroy(), 20);
  };
  await expect(get("/").then((response) => response.text())).rejects.toThrow();
  expect((await get("/api/x")).status).toBe(200);
});

test("a kept connection that the origin closes is not the viewer's problem, unless a body was sent", async () => {
  const used = new WeakSet<object>();
  onSite = (request, response) => {
    // As a server whose patience with idle connections ends in that very moment.
    if (used.has(request.socket)) request.socket.destroy();
    else response.end("fresh");
    used.add(request.socket);
  };
  for (let index = 0; index < 4; index++) expect(await (await get("/")).text()).toBe("fresh");
  // Sent twice, a POST might be done twice.
  expect((await get("/", { method: "POST", body: "x" })).status).toBe(502);
});

test("an origin learns that the viewer has gone", async () => {
  const closed = new Promise<void>((resolve) => {
    onSite = (_request, response) => void response.once("close", resolve);
  });
  const controller = new AbortController();
  const pending = get("/", { signal: controller.signal }).catch(() => "aborted");
  setTimeout(() => controller.abort(), 50);
  expect(await pending).toBe("aborted");
  await closed;
});

test("a WebSocket is passed through to the site and ends with it", async () => {
  const upgrades: IncomingMessage[] = [];
  site.once("upgrade", (request, socket) => {
    upgrades.push(request);
    socket.write(
      "HTTP/1.1 101 Switching Protocols\r\nupgrade: websocket\r\nconnection: Upgrade\r\n\r\nfirst;",
    );
    socket.on("data", (chunk: Buffer) => socket.end(`echo ${chunk};`));
  });
  const received = await new Promise<string>((resolve, reject) => {
    const socket = connect(Number(new URL(door.url).port), "127.0.0.1");
    let text = "";
    socket.on("error", reject).on("close", () => resolve(text));
    socket.setEncoding("utf8").on("data", (chunk) => {
      const isFirst = !text.includes("first;");
      text += chunk;
      if (isFirst && text.includes("first;")) socket.write("ping");
    });
    socket.write(
      "GET /_next/hmr?id=1 HTTP/1.1\r\nhost: x\r\nconnection: Upgrade\r\nupgrade: websocket\r\nsec-websocket-key: k\r\n\r\n",
    );
  });
  expect(received).toMatch(/^HTTP\/1\.1 101 [\s\S]*first;echo ping;$/);
  expect(upgrades[0]?.url).toBe("/_next/hmr?id=1");
  expect(upgrades[0]?.headers["sec-websocket-key"]).toBe("k");
});

test("a taken port makes it take the next one and say so", async () => {
  const said: string[] = [];
  const port = Number(new URL(door.url).port);
  const second = await openFrontDoor({ preferredPort: port, log: (line) => said.push(line.message) });
  try {
    expect(Number(new URL(second.url).port)).toBeGreaterThan(port);
    expect(said.join()).toContain(`Port ${port} is taken`);
  } finally {
    await second.stop();
  }
});
