import { hkdfSync } from "node:crypto";
import type { Cloud, Providers } from "../cloud.ts";
import { randomSecret } from "../random-secret.ts";

/**
 * Random values as Pulumi keeps them: drawn once, the same at every start
 * until the data is reset. They are derived from one secret in the data
 * folder and the resource's URN.
 */
export const randomProviders: Providers = {
  "random:index/randomBytes:RandomBytes": async ({ urn, name, inputs }, cloud) => {
    const bytes = derive(cloud, urn, inputs.length);
    return { id: name, state: { base64: bytes.toString("base64"), hex: bytes.toString("hex") } };
  },

  "random:index/randomPassword:RandomPassword": async ({ urn, name, inputs }, cloud) => {
    const length: number = inputs.length;
    const characters = alphabet(inputs);
    const bytes = derive(cloud, urn, length);
    // The bias of the remainder does not matter for a password that opens nothing but this machine.
    const result = [...bytes].map((byte) => characters[byte % characters.length]).join("");
    return { id: name, state: { result } };
  },
};

function derive(cloud: Cloud, urn: string, length: number): Buffer {
  return Buffer.from(hkdfSync("sha256", randomSecret(cloud.dataFolder), "", urn, length));
}

function alphabet(inputs: Record<string, unknown>): string {
  const special =
    typeof inputs.overrideSpecial === "string" ? inputs.overrideSpecial : "!@#$%&*()-_=+[]{}<>:?";
  return [
    inputs.lower === false ? "" : "abcdefghijklmnopqrstuvwxyz",
    inputs.upper === false ? "" : "ABCDEFGHIJKLMNOPQRSTUVWXYZ",
    inputs.number === false || inputs.numeric === false ? "" : "0123456789",
    inputs.special === false ? "" : special,
  ].join("");
}
