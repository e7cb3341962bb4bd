import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from "node:crypto";
import type { BrowserContext, Response } from "@playwright/test";
import { type Cookie, joinChunks, splitChunks } from "../packages/web/features/account/cookie-chunks.ts";

/** As the site calls it without HTTPS. */
const cookieName = "session";
const cipher = "aes-256-gcm";

interface Payload {
  readonly accessToken: string;
  readonly [name: string]: unknown;
}

/** The key that next-auth draws from the site's secret, which only the site and these tests have. */
function key(): Buffer {
  const links = JSON.parse(process.env.SST_RESOURCES_JSON ?? "{}") as { SessionSecret?: { value: string } };
  const info = "NextAuth.js Generated Encryption Key";
  return Buffer.from(hkdfSync("sha256", links.SessionSecret?.value ?? "", "", info, 32));
}

/** What the session's cookies hold, a JWE (RFC 7516) of A256GCM; nothing when there are none. */
function payloadIn(cookies: readonly Cookie[]): Payload | undefined {
  const token = joinChunks(cookieName, cookies);
  if (token === "") return undefined;
  const [head = "", , iv = "", text = "", tag = ""] = token.split(".");
  const opened = createDecipheriv(cipher, key(), Buffer.from(iv, "base64url"));
  opened.setAAD(Buffer.from(head)).setAuthTag(Buffer.from(tag, "base64url"));
  const plain = Buffer.concat([opened.update(Buffer.from(text, "base64url")), opened.final()]);
  return JSON.parse(plain.toString()) as Payload;
}

function sealed(payload: Payload): string {
  const head = Buffer.from(JSON.stringify({ alg: "dir", enc: "A256GCM" })).toString("base64url");
  const iv = randomBytes(12);
  const sealing = createCipheriv(cipher, key(), iv).setAAD(Buffer.from(head));
  const text = Buffer.concat([sealing.update(JSON.stringify(payload)), sealing.final()]);
  const parts = [iv, text, sealing.getAuthTag()].map((part) => part.toString("base64url"));
  return [head, "", ...parts].join(".");
}

/** The token, saying of itself that it has expired. */
function expired(token: string): string {
  const [head, payload = "", signature] = token.split(".");
  const claims = JSON.parse(Buffer.from(payload, "base64url").toString()) as { exp: number };
  const over = JSON.stringify({ ...claims, exp: Math.floor(Date.now() / 1000) - 1 });
  return [head, Buffer.from(over).toString("base64url"), signature].join(".");
}

/** Lets the session of a browser say that its access token has expired. */
export async function expireToken(context: BrowserContext): Promise<void> {
  const cookies = await context.cookies();
  const url = process.env.LOCAL_CLOUD_URL ?? "";
  const session = payloadIn(cookies);
  if (!session) throw new Error("Nobody is signed in.");
  const value = sealed({ ...session, accessToken: expired(session.accessToken) });
  const parts = splitChunks(cookieName, value, cookies);
  await context.addCookies(parts.map((cookie) => ({ ...cookie, url, httpOnly: true, sameSite: "Lax" })));
}

/** Watches a browser from now on; answers which access tokens its answers have set. */
export function tokensSetBy(context: BrowserContext): () => Promise<Set<string>> {
  const answers: Response[] = [];
  context.on("response", (answer) => answers.push(answer));
  return async () => {
    const sessions = await Promise.all(
      answers.map(async (answer) => {
        const headers = await answer.headersArray();
        const cookies = headers
          .filter(({ name }) => name.toLowerCase() === "set-cookie")
          .map(({ value }) => /^([^=]+)=([^;]*)/.exec(value) ?? [])
          .map(([, name = "", value = ""]) => ({ name, value }));
        return payloadIn(cookies);
      }),
    );
    return new Set(sessions.flatMap((session) => session?.accessToken ?? []));
  };
}
