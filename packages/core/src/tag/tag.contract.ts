import * as z from "zod";
import { defineContract, pageInput, pageOf } from "../contract.ts";
import { tagKeyOf, tagKeySchema } from "../list/list.contract.ts";
import { localeSchema } from "../locale.ts";
import { tagSchema as spellingSchema } from "../post/post.contract.ts";
import { plainText } from "../text.ts";

/** A tag of a language as those see it who keep the tags in order. */
export const tagSchema = z
  .strictObject({
    lang: localeSchema,
    /** As it stands in addresses. */
    name: z.string(),
    /** As it was last written. */
    title: z.string(),
    /** Published posts that have it. */
    count: z.number().int().min(0),
    /** Stands on its page and in its feed. */
    description: z.string(),
    /** The tag that takes its place. While `count` is not 0, posts are on their way there. */
    movedTo: z.strictObject({ name: z.string(), title: z.string() }).optional(),
  })
  .meta({ id: "Tag" });
export type Tag = z.output<typeof tagSchema>;

const one = { lang: localeSchema, name: tagKeySchema };

export const tagContract = defineContract({
  list: {
    method: "GET",
    path: "/admin/tags/{lang}",
    auth: "admin",
    summary: "The tags of a language by name, with what is said about them and where they are going.",
    input: z.strictObject({
      lang: localeSchema,
      cursor: pageInput.cursor,
      limit: z.coerce.number<number | string>().int().min(1).max(500).default(100),
    }),
    output: pageOf(tagSchema),
    errors: [],
  },
  describe: {
    method: "PUT",
    path: "/admin/tags/{lang}/{name}/description",
    auth: "admin",
    summary: "Says something about a tag, for its page and its feed; an empty text says nothing.",
    input: z.strictObject({ ...one, description: plainText({ max: 300 }) }),
    output: tagSchema,
    errors: ["not_found"],
  },
  move: {
    method: "POST",
    path: "/admin/tags/{lang}/{name}/move",
    auth: "admin",
    summary:
      "Gives a tag another name; one that exists takes its posts. They follow within seconds, and the old address leads to the new one then. Sent again, it goes on where it stopped.",
    input: z.strictObject({
      ...one,
      title: spellingSchema.refine((title) => tagKeyOf(title) !== "", { params: { rule: "tag" } }),
    }),
    output: tagSchema,
    status: 202,
    errors: ["not_found"],
  },
});
