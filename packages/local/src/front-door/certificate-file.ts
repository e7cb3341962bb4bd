import { existsSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { type Certificate, createCertificate } from "./certificate.ts";

const CERTIFICATE = "front-door-certificate.pem";
const PRIVATE_KEY = "front-door-key.pem";

/** The front door's certificate and where it stands, for `NODE_EXTRA_CA_CERTS` of what may trust it. */
export interface KeptCertificate extends Certificate {
  /** Absolute path. */
  readonly file: string;
}

/** Made once for a data folder, and read by its owner only. */
export function keepCertificate(dataFolder: string): KeptCertificate {
  const file = path.join(dataFolder, CERTIFICATE);
  const keyFile = path.join(dataFolder, PRIVATE_KEY);
  if (!existsSync(file) || !existsSync(keyFile)) {
    const made = createCertificate(new Date());
    writeFileSync(keyFile, made.privateKey, { mode: 0o600 });
    writeFileSync(file, made.certificate);
  }
  return { file, certificate: readFileSync(file, "utf8"), privateKey: readFileSync(keyFile, "utf8") };
}
