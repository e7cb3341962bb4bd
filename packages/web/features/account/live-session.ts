import { createHash } from "node:crypto";
import { isRefused, isSignedOut, serverApi } from "./server-api.ts";
import { readSessionCookie } from "./session.ts";
import { isExpiring, type Session } from "./session-token.ts";
import { shareInFlight } from "./share-in-flight.ts";

/** Somewhere else a session can be ended; this long a server of the site may still believe in it. */
const believedMilliseconds = 30_000;
const ask = shareInFlight<boolean>(believedMilliseconds);

/** Whether the API still lets this session in. Throws when it cannot be asked. */
export function isLive(session: Session): Promise<boolean> {
  const key = createHash("sha256").update(session.accessToken).digest("base64url");
  return ask(key, async () => {
    try {
      await (await serverApi(session.accessToken)).session.list({});
      return true;
    } catch (error) {
      if (isSignedOut(error)) return false;
      // What the page may show is then said by its own calls.
      if (isRefused(error)) return true;
      throw error;
    }
  });
}

/**
 * The session for a page, which cannot set a cookie: one whose token has run out is taken at its
 * word, since the page's first call renews it or finds that it is over.
 */
export async function sessionOfPage(): Promise<Session | undefined> {
  const session = await readSessionCookie();
  if (!session || isExpiring(session, new Date())) return session;
  return (await isLive(session)) ? session : undefined;
}
