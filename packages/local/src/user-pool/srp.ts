import {
  createHash,
  createHmac,
  getDiffieHellman,
  hkdfSync,
  randomBytes,
  timingSafeEqual,
} from "node:crypto";

/**
 * The server's half of Secure Remote Password as user pools speak it
 * (developer guide, "Sign in with SRP"): group of 3,072 bits, generator 2,
 * SHA-256, and a key drawn with HKDF under the label "Caldera Derived Key".
 * Numbers travel as hexadecimal text.
 */
const PRIME = BigInt(`0x${getDiffieHellman("modp15").getPrime("hex")}`);
const GENERATOR = 2n;
const MULTIPLIER = hash(bytes(PRIME), bytes(GENERATOR));

/** What is kept instead of the password, for this protocol. */
export interface SrpRecord {
  readonly salt: string;
  readonly verifier: string;
}

/** What the server must remember between its challenge and the answer. */
export interface SrpState {
  readonly clientPublic: string;
  readonly serverSecret: string;
  readonly serverPublic: string;
}

/** @param username the `USER_ID_FOR_SRP`, which is the user name and never an alias */
export function createSrpRecord(poolId: string, username: string, password: string): SrpRecord {
  const salt = BigInt(`0x${randomBytes(16).toString("hex")}`);
  const identity = createHash("sha256")
    .update(`${poolName(poolId)}${username}:${password}`)
    .digest();
  const verifier = power(GENERATOR, hash(bytes(salt), identity));
  return { salt: salt.toString(16), verifier: verifier.toString(16) };
}

/** Answers `undefined` when the client's number is none that the protocol allows. */
export function challengeSrp(record: SrpRecord, clientPublic: string): SrpState | undefined {
  if (!/^[0-9a-f]{1,770}$/i.test(clientPublic)) return undefined;
  if (BigInt(`0x${clientPublic}`) % PRIME === 0n) return undefined;
  const secret = BigInt(`0x${randomBytes(32).toString("hex")}`);
  const serverPublic = (MULTIPLIER * BigInt(`0x${record.verifier}`) + power(GENERATOR, secret)) % PRIME;
  return { clientPublic, serverSecret: secret.toString(16), serverPublic: serverPublic.toString(16) };
}

/** Whether the signature proves that the client knows the password. */
export function verifySrp(options: {
  readonly record: SrpRecord;
  readonly state: SrpState;
  readonly poolId: string;
  readonly username: string;
  /** Base64, as it was given in the challenge. */
  readonly secretBlock: string;
  /** For instance `Sat Nov 21 09:05:01 UTC 2026`. */
  readonly timestamp: string;
  /** Base64. */
  readonly signature: string;
}): boolean {
  const { record, state } = options;
  const clientPublic = BigInt(`0x${state.clientPublic}`);
  const serverPublic = BigInt(`0x${state.serverPublic}`);
  const mix = hash(bytes(clientPublic), bytes(serverPublic));
  const shared = power(
    (clientPublic * power(BigInt(`0x${record.verifier}`), mix)) % PRIME,
    BigInt(`0x${state.serverSecret}`),
  );
  const key = Buffer.from(hkdfSync("sha256", bytes(shared), bytes(mix), "Caldera Derived Key", 16));
  const wanted = createHmac("sha256", key)
    .update(poolName(options.poolId))
    .update(options.username)
    .update(Buffer.from(options.secretBlock, "base64"))
    .update(options.timestamp)
    .digest();
  const given = Buffer.from(options.signature, "base64");
  return given.length === wanted.length && timingSafeEqual(given, wanted);
}

/** The pool id without its region. */
function poolName(poolId: string): string {
  return poolId.slice(poolId.indexOf("_") + 1);
}

function hash(...parts: Buffer[]): bigint {
  const digest = createHash("sha256");
  for (const part of parts) digest.update(part);
  return BigInt(`0x${digest.digest("hex")}`);
}

/** Big-endian, with a leading zero byte where the first bit is set, so that no number looks negative. */
function bytes(number: bigint): Buffer {
  const hex = number.toString(16);
  const even = hex.length % 2 === 0 ? hex : `0${hex}`;
  return Buffer.from(/^[89a-f]/.test(even) ? `00${even}` : even, "hex");
}

function power(base: bigint, exponent: bigint): bigint {
  let answer = 1n;
  let square = base % PRIME;
  for (let rest = exponent; rest > 0n; rest >>= 1n) {
    if (rest & 1n) answer = (answer * square) % PRIME;
    square = (square * square) % PRIME;
  }
  return answer;
}
