import { CustomAttributeType, Entity } from "electrodb";
import { locales } from "../locale.ts";
import { key, onTable, service } from "../table.ts";
import type { SiteSettings } from "./site.contract.ts";

/** The one row of the site's settings. It is absent until somebody changes one. */
export const siteSettings = onTable(
  (table) =>
    new Entity(
      {
        model: { service, entity: "siteSettings", version: "1" },
        attributes: {
          words: { type: CustomAttributeType<SiteSettings["words"]>("any"), required: true },
          socialLinks: { type: CustomAttributeType<SiteSettings["socialLinks"]>("any"), required: true },
          defaultLocale: { type: locales, required: true },
          comments: { type: CustomAttributeType<SiteSettings["comments"]>("any") },
          feedHub: { type: "string" },
          revision: { type: "number", required: true },
        },
        indexes: { only: { pk: key("pk", []), sk: key("sk", []) } },
      },
      table,
    ),
);
