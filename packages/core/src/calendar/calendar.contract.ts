import * as z from "zod";
import { defineContract } from "../contract.ts";

/** Whose calendar it is, and 128 random bits. Whoever knows it may read the todos that are due. */
const tokenSchema = z.string().regex(/^acc_[0-9a-f-]{36}\.[\w-]{22}$/);

const addressSchema = z
  .strictObject({
    /** The last part of the calendar's address; null while there is none. */
    token: tokenSchema.nullable(),
  })
  .meta({ id: "CalendarAddress" });
export type CalendarAddress = z.output<typeof addressSchema>;

const day = 24 * 60 * 60;

export const calendarContract = defineContract({
  address: {
    method: "GET",
    path: "/account/calendar",
    auth: "reader",
    summary: "The secret address at which the actor's due todos can be read as a calendar.",
    input: z.strictObject({}),
    output: addressSchema,
    errors: [],
  },
  renew: {
    method: "PUT",
    path: "/account/calendar",
    auth: "reader",
    summary:
      "Makes the address, or another one in its place, which ends the one before. Sent again it changes nothing.",
    input: z.strictObject({
      /** The token that is to end; null for the first one. */
      replaces: tokenSchema.nullable(),
    }),
    output: addressSchema,
    errors: [],
    limits: [{ name: "calendar", per: "account", quota: 50, windowSeconds: day }],
  },
  withdraw: {
    method: "DELETE",
    path: "/account/calendar",
    auth: "reader",
    summary: "Ends the address at once. Doing so twice changes nothing.",
    input: z.strictObject({}),
    output: addressSchema,
    errors: [],
  },
  /** With the token in the body: a path would stand in the gateway's log. */
  read: {
    method: "POST",
    path: "/calendar/read",
    auth: "public",
    summary: "The todos that are due, as iCalendar (RFC 5545), to whoever has the token.",
    input: z.strictObject({ token: z.string().max(200) }),
    output: z.strictObject({ calendar: z.string() }),
    errors: ["not_found"],
    // The services that read calendars for many people come from few addresses.
    limits: [{ name: "calendar-read", per: "address", quota: 600, windowSeconds: 60 }],
  },
});
