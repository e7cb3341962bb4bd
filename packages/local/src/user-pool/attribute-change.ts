import type { Attributes } from "./attribute.ts";
import { issueCode } from "./code.ts";
import type { Engine } from "./engine.ts";
import { aliasExists } from "./error.ts";
import { type CodeDeliveryDetails, type MessageSource, sendSecret } from "./message.ts";
import type { Client, Pool } from "./pool.ts";
import { findUser, type User, updateUser } from "./user.ts";

/** A code that waits to be sent. */
interface PendingCode {
  readonly user: User;
  readonly to: string;
  readonly code: string;
}

/**
 * Writes attributes inside a transaction. A new e-mail address is unverified:
 * it gets a code where the pool verifies addresses by itself, and takes effect
 * at once or with the code, as the pool declares (developer guide, "Verifying
 * updates to email addresses and phone numbers").
 */
export function changeAttributes(
  engine: Engine,
  pool: Pool,
  user: User,
  written: Attributes,
): PendingCode | undefined {
  const address = written.email;
  const isNew = Boolean(address) && address !== user.attributes.email;
  if (!isNew || written.email_verified === "true") {
    updateUser(engine, pool, user, { attributes: withoutEmpty({ ...user.attributes, ...written }) });
    return undefined;
  }
  const verifies = pool.autoVerifiedAttributes.includes("email");
  const waits = verifies && pool.attributesRequireVerificationBeforeUpdate.includes("email");
  if (waits) checkFree(engine, pool, user, address ?? "");
  const { email: _, ...others } = written;
  const changed = updateUser(engine, pool, user, {
    attributes: withoutEmpty({
      ...user.attributes,
      ...(waits ? others : { ...written, email_verified: "false" }),
    }),
  });
  if (!verifies || address === undefined) return undefined;
  return { user: changed, to: address, code: issueCode(engine, changed, "attribute:email", address) };
}

/** Sends what `changeAttributes` left to send. */
export async function sendPendingCode(
  engine: Engine,
  pending: PendingCode | undefined,
  context: {
    readonly pool: Pool;
    readonly client: Client | undefined;
    readonly source: MessageSource;
    readonly clientMetadata: Readonly<Record<string, string>>;
  },
): Promise<CodeDeliveryDetails[]> {
  if (!pending) return [];
  const { user, to, code } = pending;
  return [await sendSecret(engine, { ...context, user, to, secret: code })];
}

function checkFree(engine: Engine, pool: Pool, user: User, address: string): void {
  if (!pool.usernameAttributes.includes("email") && !pool.aliasAttributes.includes("email")) return;
  const holder = findUser(engine, pool, address);
  if (holder && holder.username !== user.username) throw aliasExists("email");
}

/** An empty value removes an attribute. */
function withoutEmpty(attributes: Attributes): Attributes {
  return Object.fromEntries(Object.entries(attributes).filter(([, value]) => value !== ""));
}
