import { isLive } from "../../../features/account/live-session.ts";
import { freshSession, renewSession } from "../../../features/account/session.ts";
import type { SessionState } from "../../../features/account/session-client.ts";
import { accountIdOfSession, roleOf } from "../../../features/account/session-token.ts";
import { errorAnswer, privateDataHeaders } from "../../../features/site/error-answer.ts";

/** Who is signed in, for scripts. Never a token. */
export async function GET(request: Request): Promise<Response> {
  try {
    const known = await freshSession(new Date());
    // Ended elsewhere, or with a role less: new tokens say so.
    const session = known && !(await isLive(known)) ? await renewSession(known) : known;
    const state: SessionState = session
      ? {
          signedIn: true,
          accountId: accountIdOfSession(session),
          displayName: session.displayName,
          role: roleOf(session),
        }
      : { signedIn: false };
    return Response.json(state, { headers: privateDataHeaders });
  } catch (error) {
    console.error("The user pool could not be reached.", error);
    return errorAnswer("unavailable", request.headers);
  }
}
