import * as z from "zod";
import { type AccountId, accountIdOf } from "../id.ts";

const claimsSchema = z.object({ sub: z.uuid(), origin_jti: z.string().optional(), auth_time: z.number() });

/**
 * Whose a token is and which sign-in it came from. The signature is not checked: only for tokens
 * that the pool itself has just handed over.
 */
export function claimsOf(token: string): {
  readonly accountId: AccountId;
  readonly sessionId: string | undefined;
  readonly signedInAtSeconds: number;
} {
  const payload = Buffer.from(token.split(".")[1] ?? "", "base64url").toString();
  const claims = claimsSchema.parse(JSON.parse(payload));
  const { sub, origin_jti: sessionId, auth_time: signedInAtSeconds } = claims;
  return { accountId: accountIdOf(sub), sessionId, signedInAtSeconds };
}
