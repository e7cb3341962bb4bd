import * as z from "zod";
import { type AccountId, accountIdOf } from "../id.ts";

const claimsSchema = z.object({ sub: z.uuid(), origin_jti: z.string().optional() });

/**
 * Whose a token is and which sign-in it came from. The signature is not checked: only for tokens
 * that the pool itself has just handed over.
 */
export function claimsOf(token: string): {
  readonly accountId: AccountId;
  readonly sessionId: string | undefined;
} {
  const payload = Buffer.from(token.split(".")[1] ?? "", "base64url").toString();
  const { sub, origin_jti: sessionId } = claimsSchema.parse(JSON.parse(payload));
  return { accountId: accountIdOf(sub), sessionId };
}
