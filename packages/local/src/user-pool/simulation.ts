import { createHash } from "node:crypto";
import { EMAIL } from "./attribute.ts";
import { type CodeDeliveryDetails, deliveryDetails } from "./message.ts";
import type { Pool } from "./pool.ts";
import { normalise } from "./user.ts";

/**
 * What is answered for people who do not exist, where the client prevents that
 * one can tell (developer guide, "Managing user existence error responses").
 * The same name always gets the same answer.
 */
export function simulatedDelivery(pool: Pool, name: string): CodeDeliveryDetails {
  if (EMAIL.test(name)) return deliveryDetails(name);
  const digest = createHash("sha256")
    .update(`${pool.id}${normalise(pool, name)}`)
    .digest();
  const letter = (index: number) => String.fromCharCode(97 + ((digest[index] ?? 0) % 26));
  return deliveryDetails(`${letter(0)}@${letter(1)}`);
}

/** A user name and an SRP record of nobody. No password fits. */
export function simulatedSrp(pool: Pool, secret: string, name: string) {
  const hex = (label: string) =>
    createHash("sha256")
      .update(`${secret}${label}${pool.id}${normalise(pool, name)}`)
      .digest("hex");
  const id = hex("id");
  const uuid = `${id.slice(0, 8)}-${id.slice(8, 12)}-4${id.slice(13, 16)}-a${id.slice(17, 20)}-${id.slice(20, 32)}`;
  return {
    username: pool.usernameAttributes.length > 0 || pool.aliasAttributes.length > 0 ? uuid : name,
    record: { salt: hex("salt").slice(0, 32), verifier: hex("verifier").repeat(12).slice(0, 768) },
  };
}
