import { request as plainRequest } from "node:http";
import { request as secureRequest } from "node:https";
import { type AddressInfo, connect } from "node:net";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createWebServer, type WebServer } from "./both-protocols.ts";
import { createCertificate } from "./certificate.ts";

const certificate = createCertificate(new Date());
let web: WebServer;
let port: number;
beforeAll(async () => {
  web = createWebServer({ maxHeaderSize: 20_480, certificate });
  for (const server of web.servers) {
    server.on("request", async (request, response) => {
      const body = Buffer.concat(await request.toArray());
      response.end(`${"encrypted" in request.socket ? "https" : "http"} ${request.url} ${body.length}`);
    });
  }
  await new Promise<void>((resolve) => web.listener.listen(0, "127.0.0.1", resolve));
  port = (web.listener.address() as AddressInfo).port;
});
afterAll(() => web.stop());

function post(send: typeof plainRequest | typeof secureRequest, body: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const options = { host: "127.0.0.1", port, path: "/a", method: "POST", ca: certificate.certificate };
    send(options, async (response) => resolve(Buffer.concat(await response.toArray()).toString()))
      .on("error", reject)
      .end(body);
  });
}

test("one port answers both protocols, with bodies longer than a first packet", async () => {
  const body = "x".repeat(300_000);
  expect(await Promise.all([post(plainRequest, body), post(secureRequest, body)])).toEqual([
    "http /a 300000",
    "https /a 300000",
  ]);
});

test("a connection that says nothing, or goes at once, does no harm and does not keep the stop waiting", async () => {
  const silent = connect(port, "127.0.0.1");
  await new Promise((resolve) => silent.once("connect", resolve));
  connect(port, "127.0.0.1").destroy();
  expect(await post(plainRequest, "")).toBe("http /a 0");
  const closed = new Promise((resolve) => silent.once("close", resolve));
  await web.stop();
  await closed;
});
