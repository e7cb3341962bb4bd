import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { current, isOpen, open } from "../src/account/account.ts";
import { create as createComment, list as listComments } from "../src/comment/comment.ts";
import { createCore } from "../src/core.ts";
import { addresses } from "../src/list/addresses.ts";
import { all, around, feed, neighbours, posts } from "../src/list/list.ts";
import { listDrafts } from "../src/post/author-posts.ts";
import { create, readDraft, update } from "../src/post/draft.ts";
import { publishedTranslations, read, source } from "../src/post/post.ts";
import { publish, unpublish } from "../src/post/publish.ts";
import { remove, restore } from "../src/post/remove.ts";
import { schedule, unschedule } from "../src/post/schedule.ts";
import {
  create as createLink,
  list as listLinks,
  open as openLink,
} from "../src/preview-link/preview-link.ts";
import { list as listRevisions, read as readRevision } from "../src/revision/revision.ts";
import { contracts } from "../src/routes.ts";
import { monthOf } from "../src/site-time.ts";
import { tableDefinition } from "../src/table-definition.ts";
import { pull } from "../src/todo/pull.ts";
import { push } from "../src/todo/push.ts";
import { emptyContent } from "../src/todo/todo.contract.ts";
import { countUnits } from "./consumption.ts";
import { newPerson } from "./people.ts";
import { startTable, type TestTable } from "./table.ts";

const page = readFileSync(path.resolve(import.meta.dirname, "../../../docs/access-patterns.md"), "utf8");

/** The cells of every row of the table below a heading. */
function rowsBelow(heading: string): string[][] {
  const section = page.split(`## ${heading}\n`)[1]?.split("\n## ")[0] ?? "";
  const rows = section.split("\n").filter((line) => line.startsWith("|"));
  const cells = rows.map((row) => row.split("|").slice(1, -1));
  return cells.slice(2).map((row) => row.map((cell) => cell.trim()));
}

const indexRows = rowsBelow("Indexes");
const verbRows = rowsBelow("Verbs");
const namesIn = (cell = "") => [...cell.matchAll(/`([\w.]+)`/g)].map((match) => match[1] ?? "");

interface Key {
  readonly field: string;
  readonly facets: readonly string[];
}

/** Every entity of the project as ElectroDB understood it: whatever an `.entity.ts` file exports that has a model. */
async function readEntities() {
  const source = path.resolve(import.meta.dirname, "../src");
  const files = readdirSync(source, { recursive: true, encoding: "utf8" }).filter((file) =>
    file.endsWith(".entity.ts"),
  );
  const core = { table: { table: "none", client: undefined } };
  const byFile = await Promise.all(
    files.map(async (file) => {
      const made = Object.values(await import(path.join(source, file))).map((make) =>
        (make as (core: unknown) => unknown)(core),
      );
      return made.map((entity) => ({ noun: path.basename(file, ".entity.ts"), entity }));
    }),
  );
  return byFile.flat().flatMap(({ noun, entity }) => {
    const { model } = entity as {
      model?: { entity: string; indexes: Record<string, { index: string; pk: Key; sk: Key }> };
    };
    return model ? [{ noun, ...model }] : [];
  });
}

test("policies know by which attributes the items of each noun are parted", async () => {
  const parted: Record<string, string[]> = {};
  for (const { noun, indexes } of await readEntities()) {
    const attributes = Object.values(indexes).map(({ pk }) => pk.facets[0] ?? "");
    parted[noun] = [...new Set([...(parted[noun] ?? []), ...attributes])].sort();
  }
  expect(tableDefinition.partitions).toEqual(parted);
});

test("the page lists the indexes of all entities, each with its keys, and no others", async () => {
  const declared = (await readEntities()).flatMap(({ entity, indexes }) =>
    Object.entries(indexes).map(([name, { index, pk, sk }]) => [
      `\`${entity}.${name}\``,
      index === "" ? "primary" : index,
      pk.facets.join(", "),
      sk.facets.join(", "),
    ]),
  );
  expect(declared.length).toBeGreaterThan(10);
  expect(indexRows).toEqual(declared.sort());
});

test("every index serves a verb, and every verb names indexes that exist", () => {
  const declared = indexRows.flatMap(([name]) => namesIn(name));
  const used = new Set(verbRows.flatMap(([, , name]) => namesIn(name)));
  expect([...used].sort()).toEqual(declared.sort());
});

test("the page lists every verb of the contracts", () => {
  const verbs = Object.entries(contracts).flatMap(([noun, contract]) =>
    Object.keys(contract).map((verb) => `${noun}.${verb}`),
  );
  const listed = new Set(verbRows.map(([verb]) => verb));
  expect(verbs.filter((verb) => !listed.has(verb))).toEqual([]);
});

let engine: TestTable;
beforeAll(async () => {
  engine = await startTable();
});
afterAll(() => engine.stop());

/** What the page says that a call costs: the sum of its rows. */
function stated(...verbs: string[]) {
  const cells = verbRows.filter(([verb]) => verbs.includes(verb ?? "")).map((row) => row[4] ?? "");
  const sum = (unit: string) =>
    cells.reduce((total, cell) => total + (cell.endsWith(unit) ? Number.parseFloat(cell) : 0), 0);
  return { reads: sum(" R"), writes: sum(" W") };
}

test("a call of a verb costs what the page says", async () => {
  const core = createCore({ table: engine.table, locale: "ko" });
  const me = await newPerson(engine.table);
  const units = countUnits(engine.table.client);
  const expectCost = async <T>(verbs: string[], call: () => Promise<T>): Promise<T> => {
    Object.assign(units, { reads: 0, writes: 0 });
    const result = await call();
    expect({ verbs, ...units }).toEqual({ verbs, ...stated(...verbs) });
    return result;
  };
  const { accountId } = me.actor;
  const person = { accountId, email: "a@example.com", displayName: "하루", locale: "ko" } as const;
  await expectCost(["account.current"], () => current(me, {}));
  await expectCost(["account.isOpen (trigger)"], () => isOpen(core, accountId));
  await newPerson(engine.table);
  await expectCost(["account.open (trigger)"], () =>
    open(core, { ...person, accountId: `acc_${crypto.randomUUID()}` }),
  );

  const text = { title: "글", slug: "a", description: "", tags: [], markdown: "본문" };
  const input = { lang: "ko" as const, ...text, idempotencyKey: crypto.randomUUID() };
  const { postId, workId } = await expectCost(["post.create"], () => create(me, input));
  await expectCost(["post.create", "post.create, translating"], () =>
    create(me, { ...input, lang: "en", translationOf: postId, idempotencyKey: crypto.randomUUID() }),
  );
  await expectCost(["post.listDrafts"], () => listDrafts(me, {}));
  await expectCost(["post.readDraft"], () => readDraft(me, { postId }));
  await expectCost(["post.update"], () => update(me, { ...text, postId, revision: 1 }));
  await expectCost(["post.update", "post.update, new slug"], () =>
    update(me, { ...text, slug: "b", postId, revision: 2 }),
  );
  await expectCost(["post.publish", "post.publish, first"], () => publish(me, { postId, revision: 3 }));
  const address = { lang: "ko", slug: "b" } as const;
  await expectCost(["list.posts"], () => posts(core, { lang: "ko" }));
  await expectCost(["list.feed"], () => feed(core, { lang: "ko" }));
  await expectCost(["list.all"], () => all(core, { lang: "ko", kind: "month" }));
  const month = monthOf(new Date().toISOString());
  await expectCost(["list.addresses"], () => addresses(core, { lang: "ko", month }));
  await expectCost(["post.read"], () => read(core, address));
  await expectCost(["post.source"], () => source(core, address));
  await expectCost(["post.publishedTranslations (stream)"], () => publishedTranslations(core, workId));

  const { publishedAt } = await read(core, address);
  for (const year of [2020, 2040]) {
    const other = await newPerson(engine.table, { now: () => new Date(`${year}-01-01T00:00:00Z`) });
    const beside = await create(other, { lang: "ko", ...text, slug: String(year) });
    await publish(other, { postId: beside.postId, revision: 1 });
  }
  await expectCost(["list.around"], () => around(core, address));
  await expectCost(["list.neighbours (stream)"], () => neighbours(core, { lang: "ko", publishedAt, postId }));

  const comment = { postId, markdown: "글", idempotencyKey: crypto.randomUUID() };
  const { commentId } = await expectCost(["comment.create"], () => createComment(me, comment));
  const answer = { ...comment, parentId: commentId, idempotencyKey: crypto.randomUUID() };
  await expectCost(["comment.create", "comment.create, answering"], () => createComment(me, answer));
  await expectCost(["comment.list"], () => listComments(core, { postId }));

  const listId = core.newId("list");
  const deviceId = core.newId("device");
  const send = (change: object) =>
    push(me, { deviceId, mutations: [{ mutationId: core.newId("mutation"), seen: 1, ...change }] });
  const newList = (id: string) =>
    send({ name: "list.create", args: { listId: id, name: "목록", color: "ink" } });
  await newList(listId);
  const otherListId = core.newId("list");
  await expectCost(["todo.push, new list"], () => newList(otherListId));
  const other = { listId: otherListId, seq: 1 };
  const todoId = core.newId("todo");
  const created = { name: "todo.create", args: { listId, todoId, content: emptyContent("할 일", "V") } };
  const done = { name: "todo.update", args: { listId, todoId, patch: { isDone: true } } };
  await send(created);
  await expectCost(["todo.push"], () => send(done));
  await expectCost(["todo.pull"], () => pull(me, { lists: [other, { listId, seq: 3 }] }));
  await expectCost(["todo.pull", "todo.pull, behind"], () =>
    pull(me, { lists: [other, { listId, seq: 2 }] }),
  );
  await expectCost(["todo.pull", "todo.pull, new or far behind"], () => pull(me, { lists: [other] }));

  await update(me, { ...text, slug: "c", postId, revision: 3 });
  await expectCost(["post.publish", "post.publish, again", "post.publish, moved"], () =>
    publish(me, { postId, revision: 4 }),
  );
  await expectCost(["post.read", "post.read, moved"], () => read(core, address));
  await expectCost(["post.unpublish"], () => unpublish(me, { postId }));

  const later = (days: number) =>
    `${new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 16)}:00.000Z`;
  await expectCost(["post.schedule"], () => schedule(me, { postId, revision: 4, publishAt: later(1) }));
  await expectCost(["post.schedule", "post.schedule, again"], () =>
    schedule(me, { postId, revision: 4, publishAt: later(2) }),
  );
  await expectCost(["post.unschedule"], () => unschedule(me, { postId }));
  const { token } = await createLink(me, { postId, days: 1 });
  await expectCost(["previewLink.list"], () => listLinks(me, { postId }));
  await expectCost(["previewLink.open"], () => openLink(core, { postId, token }));
  await expectCost(["revision.list"], () => listRevisions(me, { postId }));
  await expectCost(["revision.read"], () => readRevision(me, { postId, revision: 3 }));
  const draft = await create(me, { lang: "ko", ...text, slug: "z" });
  await expectCost(["post.remove"], () => remove(me, { postId: draft.postId }));
  await expectCost(["post.restore"], () => restore(me, { postId: draft.postId }));
});
