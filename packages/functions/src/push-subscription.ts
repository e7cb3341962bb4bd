import { read, subscribe, unsubscribe } from "@haru/core/push-subscription/push-subscription";
import { pushSubscriptionContract } from "@haru/core/push-subscription/push-subscription.contract";
import { withPushKey } from "./core.ts";
import { serve } from "./http.ts";

export const handler = serve(pushSubscriptionContract, {
  read: withPushKey(read),
  subscribe,
  unsubscribe,
});
