import * as z from "zod";
import { defineContract } from "../contract.ts";
import { idSchema } from "../id.ts";
import { mostParts, tagKeySchema } from "../list/list.contract.ts";
import { localeSchema } from "../locale.ts";

const postIds = z.array(idSchema("post")).max(mostParts);

export const seriesContract = defineContract({
  arrange: {
    method: "PUT",
    path: "/author/series/{lang}/{name}/order",
    auth: "author",
    summary:
      "Says in which order the parts of a series are read: the author of all of them does, or an admin. Parts that are not named come after those that are, by their date.",
    input: z.strictObject({ lang: localeSchema, name: tagKeySchema, postIds }),
    output: z.strictObject({ postIds }),
    errors: ["forbidden", "not_found"],
  },
});
