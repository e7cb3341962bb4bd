import { createHash, randomBytes } from "node:crypto";

const codesPerAccount = 10;
/** Five bits each: a hundred bits are too many to try, even for somebody who has the table. */
const lettersPerCode = 20;
/** Crockford's base 32: no letter that is taken for another. */
const alphabet = "0123456789abcdefghjkmnpqrstvwxyz";

/** Ten codes such as `k3mz-81vq-7d0h-x2ea-94tn`. */
export function newRecoveryCodes(): string[] {
  return Array.from({ length: codesPerAccount }, () => {
    const letters = Array.from(randomBytes(lettersPerCode), (byte) => alphabet[byte % alphabet.length]);
    return letters.join("").replace(/(.{4})(?=.)/g, "$1-");
  });
}

/** What is kept of a code. Spaces, hyphens and capitals do not matter, nor O and I, which nobody means. */
export function digestOf(recoveryCode: string): string {
  const plain = recoveryCode
    .toLowerCase()
    .replace(/[^0-9a-z]/g, "")
    .replaceAll("o", "0")
    .replace(/[il]/g, "1");
  return createHash("sha256").update(plain).digest("base64url");
}
