import { generateKeyPairSync, randomBytes, sign } from "node:crypto";

export interface Certificate {
  /** PEM. */
  readonly certificate: string;
  /** PEM. */
  readonly privateKey: string;
}

const VALID_DAYS = 3650;

// Object identifiers, encoded (RFC 5280, RFC 5758).
const ECDSA_WITH_SHA256 = Buffer.from("06082a8648ce3d040302", "hex");
const COMMON_NAME = Buffer.from("0603550403", "hex");
const BASIC_CONSTRAINTS = Buffer.from("0603551d13", "hex");
const SUBJECT_ALTERNATIVE_NAME = Buffer.from("0603551d11", "hex");
const TRUE = Buffer.from("0101ff", "hex");

/** Tags of DER (ITU-T X.690). */
const tag = {
  integer: 0x02,
  bitString: 0x03,
  octetString: 0x04,
  utf8String: 0x0c,
  generalizedTime: 0x18,
  sequence: 0x30,
  set: 0x31,
  version: 0xa0,
  extensions: 0xa3,
  dnsName: 0x82,
  ipAddress: 0x87,
} as const;

/**
 * Makes a key and a certificate for this machine's own names (`127.0.0.1`, `localhost` and all below
 * it), signed by itself. Programs that the local cloud starts are told to trust it; nobody else does.
 */
export function createCertificate(now: Date): Certificate {
  const { publicKey, privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const algorithm = der(tag.sequence, ECDSA_WITH_SHA256);
  const name = der(
    tag.sequence,
    der(
      tag.set,
      der(tag.sequence, Buffer.concat([COMMON_NAME, der(tag.utf8String, Buffer.from("Local cloud"))])),
    ),
  );
  const end = new Date(now.getTime() + VALID_DAYS * 86_400_000);
  const alternatives = [
    der(tag.dnsName, Buffer.from("localhost")),
    der(tag.dnsName, Buffer.from("*.cloudfront.localhost")),
    der(tag.ipAddress, Buffer.from([127, 0, 0, 1])),
  ];
  const extensions = [
    extension(BASIC_CONSTRAINTS, der(tag.sequence, TRUE)),
    extension(SUBJECT_ALTERNATIVE_NAME, der(tag.sequence, ...alternatives)),
  ];
  const toBeSigned = der(
    tag.sequence,
    der(tag.version, der(tag.integer, Buffer.from([2]))),
    // The first bit is zero, so that the number is positive, and the second is not.
    der(tag.integer, Buffer.concat([Buffer.from([0x40]), randomBytes(15)])),
    algorithm,
    name,
    der(tag.sequence, time(now), time(end)),
    name,
    publicKey.export({ type: "spki", format: "der" }),
    der(tag.extensions, der(tag.sequence, ...extensions)),
  );
  const signature = sign("sha256", toBeSigned, privateKey);
  const certificate = der(tag.sequence, toBeSigned, algorithm, bits(signature));
  return {
    certificate: pem("CERTIFICATE", certificate),
    privateKey: String(privateKey.export({ type: "pkcs8", format: "pem" })),
  };
}

function der(type: number, ...contents: readonly Buffer[]): Buffer {
  const content = Buffer.concat(contents);
  const { length } = content;
  if (length < 0x80) return Buffer.concat([Buffer.from([type, length]), content]);
  const bytes = length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.from([type, ...bytes]), content]);
}

function extension(identifier: Buffer, value: Buffer): Buffer {
  return der(tag.sequence, identifier, der(tag.octetString, value));
}

function bits(value: Buffer): Buffer {
  return der(tag.bitString, Buffer.from([0]), value);
}

function time(date: Date): Buffer {
  const text = date.toISOString().replaceAll(/[-:T]|\.\d+/g, "");
  return der(tag.generalizedTime, Buffer.from(text));
}

function pem(label: string, content: Buffer): string {
  const lines = content.toString("base64").match(/.{1,64}/g) ?? [];
  return `-----BEGIN ${label}-----\n${lines.join("\n")}\n-----END ${label}-----\n`;
}
