import { CustomAttributeType, Entity, type EntityItem } from "electrodb";
import type { PostId } from "../id.ts";
import { locales } from "../locale.ts";
import { key, onTable, service } from "../table.ts";
import { listKinds } from "./list.contract.ts";

/**
 * A published post's place in one list. Publishing writes it together with the snapshot, so that a
 * list can be read consistently, which no index can; the site keeps what it reads right afterwards.
 */
export const listedPosts = onTable(
  (table) =>
    new Entity(
      {
        model: { service, entity: "listedPost", version: "1" },
        attributes: {
          /** `listName` of the list. */
          list: { type: "string", required: true },
          publishedAt: { type: "string", required: true },
          postId: { type: CustomAttributeType<PostId>("string"), required: true },
          lang: { type: locales, required: true },
          slug: { type: "string", required: true },
        },
        indexes: {
          inOrder: { pk: key("pk", ["list"]), sk: key("sk", ["publishedAt", "postId"]) },
        },
      },
      table,
    ),
);

export type ListedPost = EntityItem<ReturnType<typeof listedPosts>>;

/** A list itself, with how many posts stand in it. It goes with the last of them, unless somebody said more about it. */
export const lists = onTable(
  (table) =>
    new Entity(
      {
        model: { service, entity: "list", version: "1" },
        attributes: {
          lang: { type: [...locales, "any"] as const, required: true },
          kind: { type: listKinds, required: true },
          name: { type: "string", required: true },
          title: { type: "string", required: true },
          count: { type: "number", required: true },
          updatedAt: { type: "string", required: true },
          /** What an administrator says about a tag. */
          description: { type: "string" },
          /** The parts of a series in the order in which they are read, as far as somebody said it. */
          partOrder: { type: "list", items: { type: CustomAttributeType<PostId>("string") } },
          /** The tag that took this one's place: its posts go there, and no other one comes. */
          movedTo: {
            type: "map",
            properties: {
              name: { type: "string", required: true },
              title: { type: "string", required: true },
            },
          },
        },
        indexes: {
          byKind: { pk: key("pk", ["lang", "kind"]), sk: key("sk", ["name"]) },
        },
      },
      table,
    ),
);

export type ListRow = EntityItem<ReturnType<typeof lists>>;
