import { type Role, roles } from "@haru/core/account/account.contract";
import { accountIdOf } from "@haru/core/id";
import * as z from "zod";

/** All that the encrypted cookie holds. Everything else is read from the access token. */
export interface Session {
  readonly accessToken: string;
  readonly refreshToken: string;
  readonly displayName: string;
}

export const sessionSchema = z.object({
  accessToken: z.string(),
  refreshToken: z.string(),
  displayName: z.string(),
});

const claimsSchema = z.object({
  sub: z.string(),
  exp: z.number(),
  name: z.string().optional(),
  "cognito:groups": z.array(z.string()).optional(),
});

/**
 * The claims of a token that came straight from the pool, or from our own encrypted cookie. The
 * signature is not checked here: whoever acts on a token, the API, does that.
 */
export function readClaims(token: string): z.output<typeof claimsSchema> {
  const payload = token.split(".")[1] ?? "";
  return claimsSchema.parse(JSON.parse(Buffer.from(payload, "base64url").toString("utf8")));
}

/** An access token is renewed this long before it ends, so that it does not end on its way. */
const renewAheadSeconds = 60;

export function isExpiring(session: Session, now: Date): boolean {
  return readClaims(session.accessToken).exp - renewAheadSeconds <= now.getTime() / 1000;
}

/** Later groups may do all that earlier ones may, so that the highest says enough. */
export function roleOf(session: Session): Role {
  const groups = readClaims(session.accessToken)["cognito:groups"] ?? [];
  return roles.findLast((role) => groups.includes(role)) ?? "reader";
}

export function accountIdOfSession(session: Session): string {
  return accountIdOf(readClaims(session.accessToken).sub);
}
