import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { newPerson } from "../../test/people.ts";
import { startTable, type TestTable } from "../../test/table.ts";
import type { ActorCore } from "../core.ts";
import type { ListId } from "../id.ts";
import { invitations, invite, join, openInvitation, withdrawInvitation } from "./invitation.ts";
import { createList, removeList } from "./own-lists.ts";
import { pull } from "./pull.ts";
import { push } from "./push.ts";
import type { SharedRole } from "./share.contract.ts";
import { changeRole, members, removeMember } from "./sharing.ts";
import { emptyContent, todoLimits } from "./todo.contract.ts";
import { listMembers, lists } from "./todo.entity.ts";

let engine: TestTable;
let owner: ActorCore;
let guest: ActorCore;
let stranger: ActorCore;
let listId: ListId;
let now: Date;
beforeAll(async () => {
  engine = await startTable();
});
afterAll(() => engine.stop());
beforeEach(async () => {
  now = new Date("2026-11-21T00:00:00.000Z");
  const person = (displayName: string) => newPerson(engine.table, { displayName, now: () => now });
  [owner, guest, stranger] = await Promise.all([person("김하루"), person("이손님"), person("박낯선")]);
  listId = owner.newId("list");
  await send(owner, { name: "list.create", args: { listId, name: "장보기", color: "ink" } });
});

async function send(core: ActorCore, change: object) {
  const mutation = { mutationId: core.newId("mutation"), seen: 0, ...change };
  const { outcomes } = await push(core, { deviceId: core.newId("device"), mutations: [mutation] });
  return outcomes[0];
}

function add(core: ActorCore, title = "사과") {
  const args = { listId, todoId: core.newId("todo"), content: emptyContent(title, "V") };
  return send(core, { name: "todo.create", args });
}

/** Lets the guest in, and answers the token that they came with. */
async function admit(role: SharedRole): Promise<string> {
  const { token } = await invite(owner, { listId, role });
  await join(guest, { listId, token });
  return token;
}

const ofGuest = () => ({ listId, accountId: guest.actor.accountId });
const listsOf = async (core: ActorCore) => (await pull(core, { lists: [] })).memberships;

test("whoever has an invitation sees what it is to, joins as it says, and is seen by the others", async () => {
  const { token } = await invite(owner, { listId, role: "editor" });
  expect(await openInvitation(guest, { listId, token })).toEqual({
    name: "장보기",
    ownerName: "김하루",
    role: "editor",
    isMember: false,
  });
  expect(await join(guest, { listId, token })).toEqual({ listId, role: "editor" });
  expect(await listsOf(guest)).toEqual([{ listId, role: "editor" }]);
  expect(await add(guest)).toMatchObject({ outcome: "accepted" });
  const { items } = await members(owner, { listId });
  expect(items.map(({ displayName, role }) => [displayName, role]).sort()).toEqual([
    ["김하루", "owner"],
    ["이손님", "editor"],
  ]);
});

test("a viewer sees everything and changes nothing, until the owner lets them", async () => {
  await admit("viewer");
  await add(owner);
  expect((await pull(guest, { lists: [] })).deltas).toMatchObject([{ todos: [{ title: "사과" }] }]);
  expect(await add(guest)).toMatchObject({ outcome: "refused", reason: "read_only" });
  await changeRole(owner, { ...ofGuest(), role: "editor" });
  expect(await add(guest)).toMatchObject({ outcome: "accepted" });
});

test("whoever is put out gets nothing more, does nothing more, and does not come back by an old invitation", async () => {
  const token = await admit("editor");
  const { token: other } = await invite(owner, { listId, role: "viewer" });
  await removeMember(owner, ofGuest());
  expect(await listsOf(guest)).toEqual([]);
  expect((await pull(guest, { lists: [{ listId, seq: 1 }] })).deltas).toEqual([]);
  expect(await add(guest)).toMatchObject({ outcome: "refused", reason: "not_found" });
  for (const known of [token, other])
    await expect(join(guest, { listId, token: known })).rejects.toMatchObject({ code: "not_found" });
  expect((await removeMember(owner, ofGuest())).items).toHaveLength(1);
});

test("whoever was made a viewer does not become an editor again by leaving and coming back", async () => {
  const token = await admit("editor");
  await changeRole(owner, { ...ofGuest(), role: "viewer" });
  await removeMember(guest, ofGuest());
  await expect(join(guest, { listId, token })).rejects.toMatchObject({ code: "not_found" });
});

test("members leave by themselves; the owner does not", async () => {
  await admit("viewer");
  expect(await removeMember(guest, ofGuest())).toEqual({ items: [] });
  expect(await listsOf(guest)).toEqual([]);
  const oneself = { listId, accountId: owner.actor.accountId };
  await expect(removeMember(owner, oneself)).rejects.toMatchObject({ code: "forbidden" });
});

test("joining sent twice, also at once, is joining once; each change of members takes one number of the list", async () => {
  const { token } = await invite(owner, { listId, role: "editor" });
  await Promise.all([1, 2, 3].map(() => join(guest, { listId, token })));
  await removeMember(guest, ofGuest());
  const { deltas } = await pull(owner, { lists: [{ listId, seq: 1 }] });
  expect(deltas).toMatchObject([
    { kind: "changes", to: 3, list: { memberCount: 1 }, changes: [{ seq: 2 }, { seq: 3 }] },
  ]);
});

test("an invitation ends when it is withdrawn, and by itself after its days", async () => {
  const { token } = await invite(owner, { listId, role: "viewer" });
  const { token: late } = await invite(owner, { listId, role: "viewer" });
  expect((await withdrawInvitation(owner, { listId, token })).items).toMatchObject([{ token: late }]);
  await expect(join(guest, { listId, token })).rejects.toMatchObject({ code: "not_found" });
  now = new Date("2026-11-28T00:00:00.000Z");
  expect((await invitations(owner, { listId })).items).toEqual([]);
  await expect(openInvitation(guest, { listId, token: late })).rejects.toMatchObject({ code: "not_found" });
});

test("a list takes so many people and no more", async () => {
  const { token } = await invite(owner, { listId, role: "viewer" });
  await lists(owner).patch({ listId }).set({ memberCount: todoLimits.membersPerList }).go();
  await expect(join(guest, { listId, token })).rejects.toMatchObject({
    code: "unprocessable",
    specificMessage: "이 목록에는 사람이 더 들어올 수 없습니다.",
  });
});

const ownersVerbs = {
  invite: (core: ActorCore) => invite(core, { listId, role: "viewer" }),
  invitations: (core: ActorCore) => invitations(core, { listId }),
  withdrawInvitation: (core: ActorCore) => withdrawInvitation(core, { listId, token: "0".repeat(22) }),
  changeRole: (core: ActorCore) =>
    changeRole(core, { listId, accountId: owner.actor.accountId, role: "viewer" }),
  removeMember: (core: ActorCore) => removeMember(core, { listId, accountId: owner.actor.accountId }),
};

test.each(Object.entries(ownersVerbs))(
  "%s is the owner's: an editor may not, and to a stranger there is no such list",
  async (_, verb) => {
    await admit("editor");
    await expect(verb(guest)).rejects.toMatchObject({ code: "forbidden" });
    await expect(verb(stranger)).rejects.toMatchObject({ code: "not_found" });
  },
);

test("to a stranger, and to those who were members, nobody is in a list", async () => {
  await admit("viewer");
  await removeMember(guest, ofGuest());
  for (const core of [guest, stranger])
    await expect(members(core, { listId })).rejects.toMatchObject({ code: "not_found" });
});

test("a person has so many lists and no more, of which deleted ones are none", async () => {
  const { accountId } = stranger.actor;
  const listIds = Array.from({ length: todoLimits.listsPerAccount }, () => stranger.newId("list"));
  const at = now.toISOString();
  const rows = listIds.map((each) => ({
    listId: each,
    ownerId: accountId,
    name: "목록",
    color: "ink" as const,
    seq: 1,
    todoCount: 0,
    memberCount: 1,
    createdAt: at,
  }));
  await lists(stranger).put(rows).go();
  const member = { accountId, role: "owner" as const, displayName: "박낯선", joinedAt: at };
  await listMembers(stranger)
    .put(listIds.map((each) => ({ ...member, listId: each })))
    .go();
  const { token } = await invite(owner, { listId, role: "viewer" });
  const specificMessage = "목록이 너무 많습니다. 쓰지 않는 것을 먼저 지우거나 나가 주세요.";
  const full = { code: "unprocessable", specificMessage };
  await expect(createList(stranger, { name: "하나 더" })).rejects.toMatchObject(full);
  await expect(join(stranger, { listId, token })).rejects.toMatchObject(full);
  await removeList(stranger, { listId: listIds[0] as ListId });
  expect(await createList(stranger, { name: "하나 더" })).toMatchObject({ name: "하나 더" });
  await removeList(stranger, { listId: listIds[1] as ListId });
  expect(await join(stranger, { listId, token })).toMatchObject({ role: "viewer" });
});
