import { siteContract } from "@haru/core/site/site.contract";
import * as z from "zod";

export const manifestPath = "manifest.json";

/** What an export says about itself, beside the files. */
export const manifestSchema = z.object({
  format: z.literal("haru-export"),
  version: z.literal(1),
  exportedAt: z.string(),
  /** Where it comes from. */
  origin: z.string(),
  posts: z.number().int(),
  site: siteContract.update.input.omit({ revision: true }),
});
export type Manifest = z.output<typeof manifestSchema>;
