import { createHash } from "node:crypto";
import { cookies } from "next/headers";
import { decode, encode } from "next-auth/jwt";
import { isSecure, sessionSecret } from "../../core.ts";
import { joinChunks, splitChunks } from "./cookie-chunks.ts";
import { sessionHintCookie, sessionMaxAgeSeconds } from "./session-hint.ts";
import { isExpiring, roleOf, type Session, sessionSchema } from "./session-token.ts";
import { shareInFlight } from "./share-in-flight.ts";
import { refreshAtApi } from "./sign-in.ts";

/** The prefix makes a browser refuse the cookie from anything but HTTPS (RFC 6265bis). */
export function sessionCookieName(): string {
  return isSecure() ? "__Secure-session" : "session";
}

export function sessionCookieOptions() {
  return { httpOnly: true, sameSite: "lax", path: "/", secure: isSecure() } as const;
}

/** The session as the cookie holds it, or nothing when there is none or it cannot be decrypted. */
export async function readSessionCookie(): Promise<Session | undefined> {
  const token = joinChunks(sessionCookieName(), (await cookies()).getAll());
  if (token === "") return undefined;
  // A cookie from another key is no session: secrets change, and anybody can send anything.
  const payload = await decode({ token, secret: sessionSecret() }).catch(() => null);
  return sessionSchema.safeParse(payload).data;
}

/** Only in route handlers: pages may read cookies and not write them. */
async function writeSessionCookie(session: Session | undefined): Promise<void> {
  const store = await cookies();
  const value = session
    ? await encode({ token: { ...session }, secret: sessionSecret(), maxAge: sessionMaxAgeSeconds })
    : "";
  for (const part of splitChunks(sessionCookieName(), value, store.getAll())) {
    const maxAge = part.value === "" ? 0 : sessionMaxAgeSeconds;
    store.set(part.name, part.value, { ...sessionCookieOptions(), maxAge });
  }
  await writeSessionHint(session);
}

/** Keeps what scripts may know beside what only the server knows. */
export async function writeSessionHint(session: Session | undefined): Promise<void> {
  (await cookies()).set(sessionHintCookie, session ? roleOf(session) : "", {
    path: "/",
    sameSite: "lax",
    secure: isSecure(),
    maxAge: session ? sessionMaxAgeSeconds : 0,
  });
}

/** Requests that were sent before the new cookie arrived come with the old one for a moment. */
const shareRefresh = shareInFlight<Session | undefined>(10_000);

/**
 * The session with an access token that is good for a while. Renews it when needed and sets the
 * cookie; ends the session when the API says that it is over. Servers that renew it at the same
 * moment get the same tokens, since the API makes one refresh of theirs.
 */
export async function freshSession(now: Date): Promise<Session | undefined> {
  const session = await readSessionCookie();
  if (!session) {
    if ((await cookies()).has(sessionHintCookie)) await writeSessionHint(undefined);
    return undefined;
  }
  return isExpiring(session, now) ? renewSession(session) : session;
}

/** New tokens whatever the old ones say: the API has refused them before their time. */
export async function renewSession(session: Session): Promise<Session | undefined> {
  const key = createHash("sha256").update(session.accessToken).digest("base64url");
  const renewed = await shareRefresh(key, () => refreshAtApi(session));
  await writeSessionCookie(renewed);
  return renewed;
}
