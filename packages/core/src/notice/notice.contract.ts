import * as z from "zod";
import { defineContract } from "../contract.ts";

/** What a person gets mails about, beside those that an account needs. */
export const noticeChoiceSchema = z
  .strictObject({
    /** Comments under one's own posts, and answers to one's own comments. */
    comments: z.boolean(),
    /** Reminders of todos in one's lists. */
    reminders: z.boolean(),
  })
  .meta({ id: "NoticeChoice" });
export type NoticeChoice = z.output<typeof noticeChoiceSchema>;

export const noticeContract = defineContract({
  read: {
    method: "GET",
    path: "/account/notices",
    auth: "reader",
    summary: "What the actor gets mails about.",
    input: z.strictObject({}),
    output: noticeChoiceSchema,
    errors: [],
  },
  choose: {
    method: "PUT",
    path: "/account/notices",
    auth: "reader",
    summary: "Sets what the actor gets mails about.",
    input: z.strictObject(noticeChoiceSchema.shape),
    output: noticeChoiceSchema,
    errors: [],
  },
  stop: {
    method: "POST",
    path: "/notices/stop",
    auth: "public",
    summary: "Ends mails of the kind in which somebody got the token. Doing so twice changes nothing.",
    input: z.strictObject({ token: z.string().max(200) }),
    output: z.strictObject({}),
    errors: ["not_found"],
    // Mail programs send it for many people from few addresses.
    limits: [{ name: "notice-stop", per: "address", quota: 600, windowSeconds: 60 }],
  },
});
