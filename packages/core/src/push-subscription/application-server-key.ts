import { createECDH, hkdfSync } from "node:crypto";

/** The order of the curve P-256 (FIPS 186-4, D.1.2.3). */
const order = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n;
const keyBytes = 32;

/** Both in base64url, as RFC 8292 and `PushManager.subscribe` have them. */
export interface ApplicationServerKeys {
  readonly publicKey: string;
  readonly privateKey: string;
}

/**
 * The key pair of the site for push services, made of a secret. What is derived needs no second secret that has to
 * fit to the first. Sixteen bytes more than a key has leave no bias (FIPS 186-4, B.4.1).
 */
export function applicationServerKeys(secret: string): ApplicationServerKeys {
  const drawn = Buffer.from(hkdfSync("sha256", secret, "", "haru application server key", keyBytes + 16));
  const scalar = (BigInt(`0x${drawn.toString("hex")}`) % (order - 1n)) + 1n;
  const privateKey = Buffer.from(scalar.toString(16).padStart(2 * keyBytes, "0"), "hex");
  const pair = createECDH("prime256v1");
  pair.setPrivateKey(privateKey);
  return {
    publicKey: pair.getPublicKey("base64url"),
    privateKey: privateKey.toString("base64url"),
  };
}
