import { request as httpRequest, type IncomingMessage } from "node:http";
import { brotliDecompressSync, gunzipSync } from "node:zlib";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { type RouterApp, startRouterApp } from "../../test/router-app.ts";
import { FunctionError } from "../cloud.ts";

let app: RouterApp;
beforeAll(async () => {
  app = await startRouterApp();
  app.open();
});
afterAll(() => app.stop());
beforeEach(() => app.reset());

// AWS Lambda Developer Guide, "Invoking Lambda function URLs".
test("a function's address gets an event of payload format 2.0 with the path still encoded", async () => {
  let event: Record<string, unknown> = {};
  app.on.invoke = (_name, given) => {
    event = given;
    return { statusCode: 200, headers: { "content-type": "text/html" }, isBase64Encoded: true, body: "aGk=" };
  };
  const response = await app.get("/hello/a%20b?x=1", {
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
    headers: { "x-forwarded-host": new URL(app.door.url).host },
  });
});

test("a function that throws behind its address is answered with 502 and says so", async () => {
  app.on.invoke = () => {
    throw new FunctionError("TypeError", "x is <broken>", [], "thrown");
  };
  const response = await app.get("/hello", { headers: { accept: "text/html" } });
  expect(response.status).toBe(502);
  expect(await response.text()).toContain("TypeError: x is &#60;broken&#62;");
});

// Amazon CloudFront Developer Guide, "Restrict access to an Amazon S3 origin".

test("an object is read with its type, cache rules, ranges and validators", async () => {
  await app.putObject("Files", "a b/글.txt", "0123456789", "max-age=60");
  const target = `/files/${encodeURIComponent("a b")}/${encodeURIComponent("글.txt")}`;
  const whole = await app.get(target, { headers: { cookie: "secret=1" } });
  expect([whole.status, await whole.text()]).toEqual([200, "0123456789"]);
  expect(whole.headers.get("content-type")).toBe("text/plain");
  expect(whole.headers.get("cache-control")).toBe("max-age=60");
  expect(whole.headers.get("x-content-type-options")).toBe("nosniff");

  const part = await app.get(target, { headers: { range: "bytes=2-4" } });
  expect([part.status, await part.text(), part.headers.get("content-range")]).toEqual([
    206,
    "234",
    "bytes 2-4/10",
  ]);

  const etag = whole.headers.get("etag") ?? "";
  const unchanged = await app.get(target, { headers: { "if-none-match": etag } });
  expect([unchanged.status, await unchanged.text()]).toEqual([304, ""]);

  const head = await app.get(target, { method: "HEAD" });
  expect([head.status, head.headers.get("content-length"), await head.text()]).toEqual([200, "10", ""]);
});

test("what is not in a bucket looks forbidden, as to everyone who may not list it", async () => {
  const response = await app.get("/files/nothing.txt");
  expect([response.status, await response.text()]).toEqual([
    403,
    expect.stringContaining("<Code>AccessDenied</Code>"),
  ]);
});

test("a bucket that lets CloudFront not in, and every writing, is refused", async () => {
  await app.putObject("Files", "x.txt", "x");
  // That route has no rewrite, so the key begins with its path.
  await app.putObject("Closed", "closed/x.txt", "secret");
  expect((await app.get("/closed/x.txt")).status).toBe(403);
  expect((await app.get("/files/x.txt", { method: "PUT", body: "y" })).status).toBe(403);
  expect((await app.get("/files/x.txt", { method: "DELETE" })).status).toBe(403);
  expect(await (await app.get("/files/x.txt")).text()).toBe("x");
});

test("a presigned address of a bucket is good under the site's own origin, for what was signed and no more", async () => {
  const target = await app.presignPut("Closed", "closed/sent.txt", 4);
  const put = (address: string, body: string) => app.get(address, { method: "PUT", body });
  expect((await put(target, "longer")).status).toBe(403);
  expect((await put(target.replace("sent", "other"), "good")).status).toBe(403);
  expect((await put(target, "good")).status).toBe(200);
});

// Amazon CloudFront Developer Guide, "Serve compressed files".

test.each([
  ["gzip, deflate, br", "br"],
  ["gzip", "gzip"],
  ["br;q=0, gzip", "gzip"],
  ["identity", null],
])("text for a viewer that takes '%s' is sent as %s", async (accept, encoding) => {
  const text = "하루 ".repeat(1000);
  app.on.site = (_request, response) => {
    const headers = { "content-type": "text/html; charset=utf-8", etag: '"v1"', vary: "rsc" };
    response.writeHead(200, { ...headers, "content-length": Buffer.byteLength(text) }).end(text);
  };
  const { headers, body } = await new Promise<{ headers: IncomingMessage["headers"]; body: Buffer }>(
    (resolve, reject) => {
      httpRequest(app.door.url, { headers: { "accept-encoding": accept } }, async (answer) => {
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
  app.on.site = (_request, response) => {
    response.writeHead(200, headers);
    response.end("a".repeat(Number(headers["content-length"] ?? 2000)));
  };
  const encoding = await new Promise((resolve, reject) => {
    httpRequest(app.door.url, { headers: { "accept-encoding": "br" } }, (answer) => {
      answer.resume();
      resolve(answer.headers["content-encoding"]);
    })
      .on("error", reject)
      .end();
  });
  expect(encoding).toBe(headers["content-encoding"]);
});

test("an origin that is not there is answered with 502 and one that is silent with 504", async () => {
  const gone = await app.get("/gone/x");
  expect([gone.status, await gone.text()]).toEqual([
    502,
    expect.stringContaining("127.0.0.1:1 does not answer"),
  ]);
  const late = await app.get("/silent/x");
  expect([late.status, await late.text()]).toEqual([504, expect.stringContaining("within 1 s")]);
});

test("an answer that breaks off does not look like a whole one", async () => {
  app.on.site = (_request, response) => {
    response.writeHead(200, { "content-type": "text/plain" });
    response.write("half");
    setTimeout(() => response.destroy(), 20);
  };
  await expect(app.get("/").then((response) => response.text())).rejects.toThrow();
  expect((await app.get("/api/x")).status).toBe(200);
});

test("a kept connection that the origin closes is not the viewer's problem, unless a body was sent", async () => {
  const used = new WeakSet<object>();
  app.on.site = (request, response) => {
    // As a server whose patience with idle connections ends in that very moment.
    if (used.has(request.socket)) request.socket.destroy();
    else response.end("fresh");
    used.add(request.socket);
  };
  for (let index = 0; index < 4; index++) expect(await (await app.get("/")).text()).toBe("fresh");
  // Sent twice, a POST might be done twice.
  expect((await app.get("/", { method: "POST", body: "x" })).status).toBe(502);
});

test("an origin learns that the viewer has gone, unless others may wait for the same page", async () => {
  const closed = new Promise<void>((resolve) => {
    app.on.site = (_request, response) => void response.once("close", resolve);
  });
  const controller = new AbortController();
  const pending = app.get("/", { method: "POST", signal: controller.signal }).catch(() => "aborted");
  setTimeout(() => controller.abort(), 50);
  expect(await pending).toBe("aborted");
  await closed;
});
