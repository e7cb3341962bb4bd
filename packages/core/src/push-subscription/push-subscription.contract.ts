import * as z from "zod";
import { defineContract } from "../contract.ts";

/** Devices of one account that are told. A further one takes the place of the one that was away longest. */
export const mostSubscriptions = 10;

/**
 * Where a push service takes messages for one browser. Names alone, since the push services of all browsers have
 * them, and a number could lead into the network that sends. Where a name leads is looked at when it is sent to.
 */
const endpointSchema = z
  .url({ protocol: /^https$/, hostname: z.regexes.domain })
  .max(1_000)
  .refine(
    (endpoint) => {
      const url = URL.canParse(endpoint) ? new URL(endpoint) : undefined;
      return url?.port === "" && url.username === "" && url.password === "";
    },
    { params: { rule: "endpoint" } },
  );

/** What a browser answers to `PushManager.subscribe` (Push API), keys in base64url as its `toJSON` has them. */
const subscriptionSchema = z.strictObject({
  endpoint: endpointSchema,
  /** A point of P-256, uncompressed: 65 bytes, of which the first is 4. */
  p256dh: z.string().regex(/^B[A-P][\w-]{85}$/),
  /** 16 bytes. */
  auth: z.string().regex(/^[\w-]{22}$/),
});
export type PushSubscriptionInput = z.output<typeof subscriptionSchema>;

/** SHA-256 of an endpoint in base64url: the endpoint itself is a secret between the browser and the site. */
const endpointHashSchema = z.string().regex(/^[\w-]{43}$/);

const done = z.strictObject({});

export const pushSubscriptionContract = defineContract({
  read: {
    method: "GET",
    path: "/account/push-subscriptions",
    auth: "reader",
    summary:
      "The key with which a browser subscribes to reminders of this site (RFC 8292), and how many of the actor's do.",
    input: z.strictObject({}),
    output: z
      .strictObject({ applicationServerKey: z.string(), browsers: z.int().min(0) })
      .meta({ id: "PushSubscriptions" }),
    errors: [],
  },
  subscribe: {
    method: "PUT",
    path: "/account/push-subscriptions",
    auth: "reader",
    summary:
      "Has reminders of todos sent to a browser too, for two weeks from the last time that this was asked for. A browser belongs to whoever subscribed it last.",
    input: subscriptionSchema,
    output: done,
    errors: ["unprocessable"],
    limits: [{ name: "push-subscription", per: "account", quota: 200, windowSeconds: 60 * 60 }],
  },
  unsubscribe: {
    method: "DELETE",
    path: "/account/push-subscriptions/{endpointHash}",
    auth: "reader",
    summary: "Sends nothing more to a browser of the actor. Doing so twice changes nothing.",
    input: z.strictObject({ endpointHash: endpointHashSchema }),
    output: done,
    errors: [],
  },
});
