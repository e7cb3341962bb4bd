import { createHmac, randomBytes, timingSafeEqual } from "node:crypto";

/** Time-based one-time passwords (RFC 6238) as authenticator apps make them: SHA-1, six digits, 30 seconds. */
const STEP_SECONDS = 30;
const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

/** Answers a new secret in Base32, 160 bits. */
export function createTotpSecret(): string {
  return [...randomBytes(32)].map((byte) => ALPHABET[byte % 32]).join("");
}

/**
 * Answers the time step whose code this is, one step of clock error allowed, or `undefined`.
 * @param afterStep codes up to this step have been used and count no more
 */
export function matchTotp(
  secret: string,
  code: string,
  nowMilliseconds: number,
  afterStep: number,
): number | undefined {
  const current = Math.floor(nowMilliseconds / 1000 / STEP_SECONDS);
  for (const step of [current, current - 1, current + 1]) {
    const wanted = Buffer.from(totpAt(secret, step));
    const given = Buffer.from(code);
    if (step > afterStep && given.length === wanted.length && timingSafeEqual(given, wanted)) return step;
  }
  return undefined;
}

/** The code of one time step. */
export function totpAt(secret: string, step: number): string {
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(step));
  const digest = createHmac("sha1", fromBase32(secret)).update(counter).digest();
  const offset = (digest.at(-1) ?? 0) & 15;
  const number = digest.readUInt32BE(offset) & 0x7fffffff;
  return String(number % 1_000_000).padStart(6, "0");
}

function fromBase32(text: string): Buffer {
  let bits = "";
  for (const letter of text) bits += ALPHABET.indexOf(letter).toString(2).padStart(5, "0");
  return Buffer.from((bits.match(/[01]{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)));
}
