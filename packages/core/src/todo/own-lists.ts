import { createConversions } from "electrodb";
import * as z from "zod";
import { ifMatchSchema } from "../contract.ts";
import type { ActorCore } from "../core.ts";
import { readPage } from "../cursor.ts";
import { AppError } from "../errors.ts";
import { idSchema, type ListId } from "../id.ts";
import { withIdempotencyKey } from "../idempotency/idempotency.ts";
import { operation } from "../operation.ts";
import { listRoutes, type OwnList } from "./list-routes.contract.ts";
import { ownMembership } from "./member.ts";
import { keyedId, makeChange } from "./one-change.ts";
import { listOf, readLists } from "./pull.ts";
import { listMembers } from "./todo.entity.ts";

const ifMatch = ifMatchSchema.optional();
const place = z.object({ listId: idSchema("list") });

export const ownLists = operation(listRoutes.lists.input, async (core: ActorCore, request) => {
  const { accountId } = core.actor;
  const { toCursor } = createConversions(listMembers(core)).byAccessPattern.byAccount.fromComposite;
  const page = await readPage(core, request, place, (after, limit) => {
    const cursor = after ? toCursor({ accountId, ...after }) : null;
    return listMembers(core).query.byAccount({ accountId }).go({ limit, cursor, consistent: true });
  });
  const rows = new Map(
    (
      await readLists(
        core,
        page.items.map(({ listId }) => ({ listId })),
      )
    ).map((list) => [list.listId, list]),
  );
  const items = page.items.flatMap(({ listId, role }) => {
    const list = rows.get(listId);
    return list && !list.deletedAt ? [{ ...listOf(list), role }] : [];
  });
  return { ...page, items };
});

export const createList = operation(
  withIdempotencyKey(listRoutes.createList.input),
  async (core: ActorCore, { idempotencyKey, ...content }) => {
    const listId = keyedId(core, "list", { idempotencyKey });
    await makeChange(core, { name: "list.create", args: { listId, ...content } }, { idempotencyKey });
    return ownList(core, listId);
  },
);

export const readList = operation(listRoutes.readList.input, (core: ActorCore, { listId }) =>
  ownList(core, listId),
);

export const changeList = operation(
  listRoutes.changeList.input.extend({ ifMatch }),
  async (core: ActorCore, { listId, ifMatch, ...patch }) => {
    await makeChange(core, { name: "list.update", args: { listId, patch } }, { ifMatch });
    return ownList(core, listId);
  },
);

export const removeList = operation(
  listRoutes.removeList.input.extend({ ifMatch }),
  async (core: ActorCore, { listId, ifMatch }) => {
    await makeChange(core, { name: "list.delete", args: { listId } }, { ifMatch });
    return { listId };
  },
);

/** @throws AppError `not_found` for a list that the actor does not see */
async function ownList(core: ActorCore, listId: ListId): Promise<OwnList> {
  const { role } = await ownMembership(core, listId);
  const [list] = await readLists(core, [{ listId }]);
  if (!list || list.deletedAt) throw new AppError("not_found");
  return { ...listOf(list), role };
}
