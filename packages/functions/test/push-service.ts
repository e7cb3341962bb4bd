import { createDecipheriv, createECDH, createPublicKey, hkdfSync, randomBytes, verify } from "node:crypto";
import { once } from "node:events";
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { buffer } from "node:stream/consumers";
import type { PushSubscriptionInput } from "@haru/core/push-subscription/push-subscription.contract";

/** A message as the browser that it was encrypted for reads it. */
interface Received {
  readonly path: string;
  // biome-ignore lint/suspicious/noExplicitAny: tests look into it.
  readonly message: any;
  readonly headers: IncomingMessage["headers"];
  /** Who sent it, as a signature proves that was made with the key that the browser subscribed with. */
  readonly claims: { readonly aud: string; readonly exp: number; readonly sub: string };
}

export interface PushService {
  readonly origin: string;
  readonly received: readonly Received[];
  /** What it answers, by path. 201 when absent; `Infinity` for no answer. */
  readonly answers: Map<string, number>;
  /** A browser that subscribes. */
  subscribe(applicationServerKey: string): PushSubscriptionInput;
  stop(): Promise<void>;
}

/** A push service (RFC 8030) on this machine, with the browsers behind it. */
export async function startPushService(): Promise<PushService> {
  const browsers = new Map<string, (headers: IncomingMessage["headers"], body: Buffer) => object>();
  const received: Received[] = [];
  const answers = new Map<string, number>();
  const server = createServer(async (request, response) => {
    const path = request.url ?? "";
    const answer = answers.get(path) ?? 201;
    const body = await buffer(request);
    if (answer === Number.POSITIVE_INFINITY) return request.socket.destroy();
    try {
      const read = browsers.get(path);
      if (!read) throw new Error(`No browser is at ${path}`);
      if (answer === 201)
        received.push({ path, headers: request.headers, ...read(request.headers, body) } as Received);
      response.writeHead(answer, answer === 307 ? { location: "http://127.0.0.1:1/" } : {}).end();
    } catch (error) {
      response.writeHead(400).end(String(error));
    }
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    origin,
    received,
    answers,
    subscribe(applicationServerKey) {
      const pair = createECDH("prime256v1");
      pair.generateKeys();
      const auth = randomBytes(16);
      const path = `/push/${randomBytes(8).toString("hex")}`;
      browsers.set(path, (headers, body) => ({
        claims: claimsOf(headers.authorization ?? "", applicationServerKey),
        message: JSON.parse(decrypt(body, pair, auth)),
      }));
      return {
        endpoint: origin + path,
        p256dh: pair.getPublicKey("base64url"),
        auth: auth.toString("base64url"),
      };
    },
    async stop() {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}

/** RFC 8292, sections 2 and 3. */
function claimsOf(authorization: string, applicationServerKey: string): unknown {
  const [, token = "", key = ""] = /^vapid t=([^,]+), ?k=([\w-]+)$/.exec(authorization) ?? [];
  if (key !== applicationServerKey) throw new Error("Another key than the one that was subscribed with");
  const [header = "", claims = "", signature = ""] = token.split(".");
  const point = Buffer.from(key, "base64url");
  const [x, y] = [point.subarray(1, 33), point.subarray(33)].map((half) => half.toString("base64url"));
  const publicKey = createPublicKey({
    key: { kty: "EC", crv: "P-256", x: x ?? "", y: y ?? "" },
    format: "jwk",
  });
  const isRight = verify(
    "sha256",
    Buffer.from(`${header}.${claims}`),
    { key: publicKey, dsaEncoding: "ieee-p1363" },
    Buffer.from(signature, "base64url"),
  );
  if (!isRight) throw new Error("The signature is wrong");
  return JSON.parse(Buffer.from(claims, "base64url").toString());
}

/** RFC 8291, section 3, over RFC 8188, section 2: a header of salt, record size and the sender's key; one record. */
function decrypt(body: Buffer, browser: ReturnType<typeof createECDH>, auth: Buffer): string {
  const salt = body.subarray(0, 16);
  const keyEnd = 21 + (body[20] ?? 0);
  const senderKey = body.subarray(21, keyEnd);
  const info = Buffer.concat([Buffer.from("WebPush: info\0"), browser.getPublicKey(), senderKey]);
  const secret = Buffer.from(hkdfSync("sha256", browser.computeSecret(senderKey), auth, info, 32));
  const derive = (name: string, length: number) =>
    Buffer.from(hkdfSync("sha256", secret, salt, `Content-Encoding: ${name}\0`, length));
  const decipher = createDecipheriv("aes-128-gcm", derive("aes128gcm", 16), derive("nonce", 12));
  decipher.setAuthTag(body.subarray(-16));
  const padded = Buffer.concat([decipher.update(body.subarray(keyEnd, -16)), decipher.final()]);
  const end = padded.lastIndexOf(2);
  return padded.subarray(0, end).toString();
}
