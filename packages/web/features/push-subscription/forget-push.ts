/*
 * What push messages leave in a browser, and how it goes. Signing out is possible on every page, so this
 * file stays small and knows no library.
 */

/** Who turned notifications on in this browser. A subscription that somebody else left is not to be renewed. */
export const ownerKey = "haru-push-account";

/** What this browser subscribed to, in whichever language of the app. */
export async function browserSubscriptions(): Promise<readonly PushSubscription[]> {
  const registrations = (await navigator.serviceWorker?.getRegistrations()) ?? [];
  const found = await Promise.all(registrations.map((one) => one.pushManager?.getSubscription()));
  return found.flatMap((one) => one ?? []);
}

/** Ends what this browser subscribed to: whoever sends to it is told that it is gone. */
export async function forgetPush(): Promise<void> {
  localStorage.removeItem(ownerKey);
  for (const subscription of await browserSubscriptions()) await subscription.unsubscribe();
}
