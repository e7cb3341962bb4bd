import type { ApplicationServerKeys } from "@haru/core/push-subscription/application-server-key";
import type { Subscription } from "@haru/core/push-subscription/push-subscription";
import { InnerAddressError } from "./public-address.ts";
import { post, type Transport } from "./public-request.ts";
import { wasNeverSent } from "./unavailable.ts";

const timeoutMilliseconds = 5_000;
/** A device that was off for longer is told by the todo itself. */
const keepSeconds = 12 * 60 * 60;

/** Who sends: the site's keys, and where its owner can be reached (RFC 8292, section 2.1). */
export interface PushSender extends ApplicationServerKeys {
  readonly subject: `mailto:${string}`;
}

/** The push service did not take a message, and may take it later. */
export class PushRefusedError extends Error {
  override readonly name = "PushRefusedError";
}

/**
 * Sends a message to a browser by its push service (RFC 8030), encrypted for the browser alone (RFC 8291).
 * @param topic at most 32 letters of base64url: a message that waits gives way to the next of its topic
 * @returns whether there is such a browser still
 * @throws PushRefusedError when it surely was not taken; any other error when nobody knows
 */
export async function sendPush(
  { endpoint, p256dh, auth }: Subscription,
  message: object,
  topic: string,
  { subject, publicKey, privateKey }: PushSender,
  transport: Transport,
): Promise<"sent" | "gone"> {
  // Whose people have no such browsers need not load it.
  const { default: webPush } = await import("web-push");
  const { headers, body } = webPush.generateRequestDetails(
    { endpoint, keys: { p256dh, auth } },
    JSON.stringify(message),
    { vapidDetails: { subject, publicKey, privateKey }, TTL: keepSeconds, urgency: "high", topic },
  );
  const status = await post(new URL(endpoint), { headers, body, timeoutMilliseconds }, transport).catch(
    (error: unknown) => {
      // A name that leads inside is no push service, and will be none.
      if (error instanceof InnerAddressError) return 404;
      if (wasNeverSent(error))
        throw new PushRefusedError("The push service cannot be reached", { cause: error });
      throw error;
    },
  );
  if (status >= 200 && status < 300) return "sent";
  if (status === 429 || status >= 500) throw new PushRefusedError(`The push service answered ${status}`);
  // 404 and 410 say so; any other refusal, or an address that leads elsewhere, stays one however often it is tried.
  return "gone";
}
