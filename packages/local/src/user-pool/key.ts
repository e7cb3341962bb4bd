import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type JsonWebKey,
  type KeyObject,
  sign,
  verify,
} from "node:crypto";
import type { Store } from "./store.ts";

/** A pool's own pair, made with the pool and kept in the store. */
export interface SigningKey {
  readonly kid: string;
  readonly privateKey: KeyObject;
  readonly publicKey: KeyObject;
}

/** As `/.well-known/jwks.json` shows it. */
export interface PublicJwk extends JsonWebKey {
  readonly kid: string;
  readonly alg: "RS256";
  readonly use: "sig";
}

/** Answers the pool's key, which is made at the first question. */
export function signingKey(store: Store, poolId: string): SigningKey {
  const row = store.get("SELECT kid, private_key FROM keys WHERE pool_id = ?", poolId);
  if (!row) {
    const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
    const pem = privateKey.export({ type: "pkcs8", format: "pem" }).toString();
    const kid = createHash("sha256")
      .update(createPublicKey(privateKey).export({ type: "spki", format: "der" }))
      .digest("base64");
    store.run("INSERT OR IGNORE INTO keys (pool_id, kid, private_key) VALUES (?, ?, ?)", poolId, kid, pem);
    return signingKey(store, poolId);
  }
  const known = loaded.get(row.kid as string);
  if (known) return known;
  const privateKey = createPrivateKey(row.private_key as string);
  const key = { kid: row.kid as string, privateKey, publicKey: createPublicKey(privateKey) };
  loaded.set(key.kid, key);
  return key;
}

/** Parsing a key takes longer than signing with it. A kid names one key for ever. */
const loaded = new Map<string, SigningKey>();

export function publicJwk(key: SigningKey): PublicJwk {
  return { ...key.publicKey.export({ format: "jwk" }), kid: key.kid, alg: "RS256", use: "sig" };
}

export type Claims = Readonly<Record<string, unknown>>;

export function signJwt(key: SigningKey, claims: Claims): string {
  const signed = `${encode({ kid: key.kid, alg: "RS256" })}.${encode(claims)}`;
  return `${signed}.${sign("sha256", Buffer.from(signed), key.privateKey).toString("base64url")}`;
}

/** Answers the claims of a token that bears the key's signature, else `undefined`. Times are not looked at. */
export function readJwt(key: SigningKey, token: string): Claims | undefined {
  const [header, payload, signature, ...more] = token.split(".");
  if (!header || !payload || !signature || more.length > 0) return undefined;
  const { alg, kid } = decode(header) ?? {};
  if (alg !== "RS256" || kid !== key.kid) return undefined;
  const signed = Buffer.from(`${header}.${payload}`);
  if (!verify("sha256", signed, key.publicKey, Buffer.from(signature, "base64url"))) return undefined;
  return decode(payload);
}

/** Reads a token's claims without believing them, to learn which pool it says it is from. */
export function peekJwt(token: string): Claims | undefined {
  return decode(token.split(".")[1] ?? "");
}

function encode(part: object): string {
  return Buffer.from(JSON.stringify(part)).toString("base64url");
}

function decode(part: string): Claims | undefined {
  try {
    const value: unknown = JSON.parse(Buffer.from(part, "base64url").toString("utf8"));
    return typeof value === "object" && value !== null ? (value as Claims) : undefined;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
