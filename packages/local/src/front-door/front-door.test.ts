import { request as httpRequest, type IncomingMessage } from "node:http";
import { connect } from "node:net";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { type RouterApp, startRouterApp } from "../../test/router-app.ts";
import { rewriteAddresses } from "./address.ts";
import { openFrontDoor } from "./front-door.ts";

let app: RouterApp;
beforeAll(async () => {
  app = await startRouterApp();
});
afterAll(() => app.stop());
beforeEach(() => app.reset());

test("until it is opened, every request is told that the cloud is starting", async () => {
  const text = await app.get("/anything");
  expect([text.status, text.headers.get("retry-after"), await text.text()]).toEqual([
    503,
    "1",
    expect.stringContaining("is starting"),
  ]);
  const page = await app.get("/", { headers: { accept: "text/html" } });
  expect(await page.text()).toContain('<meta http-equiv="refresh" content="1">');
  app.open();
  expect((await app.get("/")).status).toBe(200);
});

test("a program's address of the router is the front door's", () => {
  expect(String(app.outputs.url)).toMatch(/^https:\/\/d-[a-z-]+\.cloudfront\.localhost$/);
  const links = {
    Web: { url: `${app.outputs.url}/x`, list: [`{"a":"${app.outputs.url}"}`] },
    n: 1,
    none: null,
  };
  expect(rewriteAddresses(links, app.cloud)).toEqual({
    Web: { url: `${app.door.url}/x`, list: [`{"a":"${app.door.url}"}`] },
    n: 1,
    none: null,
  });
  expect(rewriteAddresses("https://a.cloudfront.localhost.evil.example", app.cloud)).toBe(
    "https://a.cloudfront.localhost.evil.example",
  );
});

// Amazon CloudFront Developer Guide, "CloudFront Functions event structure" and "Helper methods for origin modification".

test("a page goes to the site, with the viewer's host, cookies and query as they came", async () => {
  let seen: IncomingMessage | undefined;
  app.on.site = (request, response) => {
    seen = request;
    response
      .writeHead(200, { "content-type": "text/html", "set-cookie": ["a=1; Path=/; HttpOnly", "b=2"] })
      .end("<p>");
  };
  const response = await app.get("/blog/%EA%B8%80?b=2&a=1&a=%20x&empty=&bare", {
    headers: { cookie: "x=1; y=a=b; x=2", "accept-language": "ko" },
  });
  expect([response.status, await response.text()]).toEqual([200, "<p>"]);
  expect(response.headers.getSetCookie()).toEqual(["a=1; Path=/; HttpOnly", "b=2"]);
  expect(seen?.url).toBe("/blog/%EA%B8%80?b=2&a=1&a=%20x&empty=&bare");
  expect(seen?.headers).toMatchObject({
    "x-forwarded-host": new URL(app.door.url).host,
    "x-forwarded-proto": "http",
    "x-forwarded-for": "127.0.0.1",
    "accept-language": "ko",
    cookie: "x=1; x=2; y=a=b",
  });
  expect(seen?.headers["x-open-next-cache-key"]).toMatch(/^[0-9a-f]{32}$/);
});

test("images that Next.js resizes go to the site as well, since it serves them itself here", async () => {
  expect(await (await app.get("/_next/image?url=%2Fa.png&w=64&q=75")).text()).toBe(
    "site /_next/image?url=%2Fa.png&w=64&q=75",
  );
});

test("a viewer cannot forge who it is", async () => {
  let seen: IncomingMessage | undefined;
  app.on.site = (request, response) => {
    seen = request;
    response.end();
  };
  await app.get("/", {
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
  app.on.site = (request, response) => {
    seen = request;
    response
      .writeHead(200, { connection: "x-secret", "x-secret": "1", "keep-alive": "timeout=1", "x-kept": "1" })
      .end();
  };
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    const headers = { connection: "close, x-mine", "x-mine": "1", te: "trailers", "x-other": "1" };
    httpRequest(app.door.url, { headers }, (answer) => resolve(answer.resume()))
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
  app.on.site = (request, response) => {
    response.writeHead(200, { "content-type": "text/event-stream" });
    request.setEncoding("utf8").on("data", (chunk) => {
      received.push(chunk);
      response.write(`got ${chunk};`);
    });
    request.on("end", () => response.end("done"));
  };
  const outgoing = httpRequest(`${app.door.url}/stream`, { method: "POST" });
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
  app.on.site = (request, response) => request.pipe(response);
  const body = new Blob(["abc"]).stream();
  const response = await app.get("/x", { method: "DELETE", body, duplex: "half" } as RequestInit);
  expect(await response.text()).toBe("abc");
});

test("an API path goes to the HTTP API, rewritten, with method, query and body", async () => {
  let event: Record<string, unknown> = {};
  app.on.invoke = (name, given) => {
    event = given;
    return { statusCode: 201, headers: { "x-name": name }, cookies: ["s=1"], body: "made" };
  };
  const headers = { "content-type": "application/json", authorization: "Bearer x" };
  const response = await app.get("/api/posts/1?draft=true", { method: "PUT", body: '{"a":1}', headers });
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
  expect((await app.get("/api/posts", { method: "POST", body })).status).toBe(413);
});

// Amazon CloudFront Developer Guide, "Customize at the edge with CloudFront Functions".

test("an edge function may answer itself, with headers, cookies and a body", async () => {
  const response = await app.get("/old");
  expect([
    response.status,
    response.headers.get("location"),
    response.headers.getSetCookie(),
    await response.text(),
  ]).toEqual([301, "/new", ["seen=1; Path=/"], "moved"]);
});

test("an edge function that throws is answered with 503 and says so, and others go on", async () => {
  const [broken, fine] = await Promise.all([app.get("/broken"), app.get("/fine")]);
  expect([broken.status, await broken.text()]).toEqual([503, expect.stringContaining("the edge is broken")]);
  expect([fine.status, await fine.text()]).toEqual([200, "site /fine"]);
  expect(app.logged.join()).toContain("the edge is broken");
});

test("requests at the same time keep their own origins", async () => {
  await app.putObject("Files", "same.txt", "object");
  app.on.invoke = () => "api";
  const targets = Array.from(
    { length: 60 },
    (_, index) => ["/files/same.txt", "/api/x", "/page"][index % 3] ?? "/",
  );
  const bodies = await Promise.all(targets.map(async (target) => (await app.get(target)).text()));
  expect(new Set(bodies.filter((_, index) => index % 3 === 0))).toEqual(new Set(["object"]));
  expect(new Set(bodies.filter((_, index) => index % 3 === 1))).toEqual(new Set(["api"]));
  expect(new Set(bodies.filter((_, index) => index % 3 === 2))).toEqual(new Set(["site /page"]));
});

test("a WebSocket is passed through to the site and ends with it", async () => {
  const upgrades: IncomingMessage[] = [];
  app.site.once("upgrade", (request, socket) => {
    upgrades.push(request);
    socket.write(
      "HTTP/1.1 101 Switching Protocols\r\nupgrade: websocket\r\nconnection: Upgrade\r\n\r\nfirst;",
    );
    socket.on("data", (chunk: Buffer) => socket.end(`echo ${chunk};`));
  });
  const received = await new Promise<string>((resolve, reject) => {
    const socket = connect(Number(new URL(app.door.url).port), "127.0.0.1");
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
  const port = Number(new URL(app.door.url).port);
  const second = await openFrontDoor({
    preferredPort: port,
    certificate: app.certificate,
    log: (line) => said.push(line.message),
  });
  try {
    expect(Number(new URL(second.url).port)).toBeGreaterThan(port);
    expect(said.join()).toContain(`Port ${port} is taken`);
  } finally {
    await second.stop();
  }
});
