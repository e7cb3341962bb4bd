import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
import type { Contract } from "@haru/core/contract";
import { errorBodySchema } from "@haru/core/errors";
import { contracts, type Noun } from "@haru/core/routes";
import { connectIndex } from "@haru/core/search/connect";
import * as fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startTestPool, type TestPool } from "../../local/test/user-pool.ts";
import { call } from "../test/call.ts";
import { link, newPerson, startLinkedTable } from "../test/services.ts";
import { startTakeoutStores, type TakeoutStores } from "../test/stores.ts";
import { handler as account } from "./account.ts";
import { handler as calendar } from "./calendar.ts";
import { handler as closure } from "./closure.ts";
import { handler as comment } from "./comment.ts";
import { handler as credential } from "./credential.ts";
import { handler as description } from "./description.ts";
import { handler as lists } from "./list.ts";
import { handler as media } from "./media.ts";
import { handler as notice } from "./notice.ts";
import { handler as person } from "./person.ts";
import { handler as post } from "./post.ts";
import { handler as previewLink } from "./preview-link.ts";
import { handler as profile } from "./profile.ts";
import { handler as pushSubscription } from "./push-subscription.ts";
import { handler as realtime } from "./realtime.ts";
import { handler as revision } from "./revision.ts";
import { handler as search } from "./search.ts";
import { handler as secondFactor } from "./second-factor.ts";
import { handler as series } from "./series.ts";
import { handler as session } from "./session.ts";
import { handler as site } from "./site.ts";
import { handler as tag } from "./tag.ts";
import { handler as takeout } from "./takeout.ts";
import { handler as todo } from "./todo.ts";
import { handler as transfer } from "./transfer.ts";

const handlers = {
  account,
  calendar,
  closure,
  comment,
  credential,
  description,
  list: lists,
  media,
  notice,
  person,
  post,
  previewLink,
  profile,
  pushSubscription,
  realtime,
  revision,
  search,
  secondFactor,
  series,
  session,
  takeout,
  site,
  tag,
  todo,
  transfer,
} satisfies Record<Noun, unknown>;
/** Other inputs in every run of the tests; `BAD_INPUT_RUNS=1000` looks longer. */
const numRuns = Number(process.env.BAD_INPUT_RUNS ?? 10);
const routes = Object.entries<Contract>(contracts).flatMap(([noun, contract]) =>
  Object.entries(contract).map(([verb, route]) => ({ noun: noun as Noun, verb, route })),
);

let engine: Awaited<ReturnType<typeof startLinkedTable>>;
let pool: TestPool;
let stores: TakeoutStores;
let folder: string;
beforeAll(async () => {
  engine = await startLinkedTable();
  pool = await startTestPool();
  folder = await mkdtemp(path.join(tmpdir(), "haru-test-"));
  const index = pathToFileURL(path.join(folder, "index.sqlite")).href;
  await connectIndex(index, {
    region: "",
    credentials: () => Promise.reject(new Error("not signed")),
  }).open();
  link("Search", { endpoint: index });
  link("Media", { name: "pictures" });
  link("EdgeSecret", { value: "edge" });
  link("PushKey", { publicKey: "key" });
  link("Users", { id: pool.poolId });
  link("WebClient", { id: pool.clientId });
  stores = await startTakeoutStores();
  process.env.AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER = pool.pools.url;
});
afterAll(async () => {
  await stores.stop();
  await pool.stop();
  await engine.stop();
  await rm(folder, { recursive: true });
});

/** Keys that mean something to JavaScript, to ElectroDB or to DynamoDB. */
const hostileKeys = ["__proto__", "constructor", "toString", "pk", "$where", "", "\0", "\ud800", "a.b", "0"];
const hostileTexts = ["\0", "\ud800", "\u202e", "가".repeat(2_000), "../..", "%", "%00", "#", "null"];
const anything = fc.oneof(
  fc.jsonValue({ maxDepth: 3 }),
  fc.constantFrom(...hostileTexts),
  fc.string({ unit: "binary" }),
);

const postId = `pst_${"0".repeat(26)}`;
const commentId = `cmt_${"0".repeat(26)}`;
const accountId = `acc_${"0".repeat(36)}`;
const deviceId = `dev_${"0".repeat(26)}`;
const mediaId = `med_${"0".repeat(26)}`;
const uploadId = `pic_${"0".repeat(26)}`;
const listId = `lst_${"0".repeat(26)}`;
const change = { name: "list.create", args: { listId, name: "목록", color: "ink" }, seen: 0 };
const file = { name: "봄.jpg", contentType: "image/jpeg", bytes: 1_000 };
const text = { title: "글", slug: "글", description: "", tags: ["일기"], markdown: "본문" };
const list = { limit: "2", cursor: "e30" };
/** Somebody else each time: the pool slows those down who try often. */
const email = () => `${crypto.randomUUID()}@example.com`;

/** The base point of P-256: a key that can be encrypted to. */
const pointOfCurve =
  "BGsX0fLhLEJH-Lzm5WOkQPJ3A32BLeszoPShOUXYmMKWT-NC4v4af5uO5-tKfA-eFivOM1drMV7Oy7ZAaDe_UfU";

/** Inputs that are right, so that wrong values in them meet more than the first check. */
const rightInputs = (): Readonly<Record<string, Readonly<Record<string, unknown>>>> => ({
  signUp: { email: email(), password: "Gaeul-achim7!", displayName: "하루", locale: "ko" },
  confirm: { email: email(), code: "123456" },
  resendCode: { email: email() },
  "comment list": { postId, ...list },
  "comment create": { postId, markdown: "글" },
  "comment preview": { markdown: "글" },
  "comment source": { postId, commentId },
  edit: { postId, commentId, revision: 1, markdown: "글" },
  remove: { postId, commentId },
  report: { postId, commentId, reason: "" },
  queue: { queue: "waiting", ...list },
  moderate: { postId, commentId, action: "hide" },
  history: { postId, commentId, ...list },
  ban: { accountId, isBanned: true },
  close: { postId, isClosed: true },
  "notice read": {},
  "calendar read": { token: `${accountId}.${"0".repeat(22)}` },
  renew: { replaces: null },
  choose: { comments: false, reminders: true },
  stop: { token: `${accountId}.${crypto.randomUUID()}` },
  subscribe: { endpoint: "https://push.example.com/1", p256dh: pointOfCurve, auth: "0".repeat(22) },
  unsubscribe: { endpointHash: "0".repeat(43) },
  "tag list": { lang: "ko", ...list },
  describe: { lang: "ko", name: "일기", description: "날마다 쓴 것." },
  move: { lang: "ko", name: "일기", title: "하루" },
  posts: { lang: "ko", tag: "일기", ...list },
  feed: { lang: "ko", limit: "2" },
  all: { lang: "ko", kind: "tag", ...list },
  around: { lang: "ko", slug: "글" },
  series: { lang: "ko", name: "하루" },
  arrange: { lang: "ko", name: "하루", postIds: [postId] },
  addresses: { lang: "ko", month: "2026-11", ...list },
  "post create": { lang: "ko", ...text },
  "post read": { lang: "ko", slug: "글" },
  source: { lang: "ko", slug: "글" },
  listDrafts: list,
  readDraft: { postId },
  "post update": { postId, revision: 1, ...text },
  publish: { postId, revision: 1 },
  unpublish: { postId },
  preview: { markdown: "글" },
  "profile read": { name: "haru-kim" },
  "profile update": { displayName: "하루", bio: "", locale: "ko", theme: "system" },
  forgotPassword: { email: email() },
  resetPassword: { email: email(), code: "123456", password: "Gaeul-achim7!" },
  changePassword: { currentPassword: "Gaeul-achim7!", password: "Bom-nalssi8!" },
  changeEmail: { currentPassword: "Gaeul-achim7!", email: email() },
  confirmEmail: { code: "123456" },
  "person list": { email: "a", limit: "2" },
  audit: list,
  grantRole: { accountId, role: "author" },
  takeRole: { accountId, role: "author" },
  suspend: { accountId, reason: "" },
  restore: { accountId },
  signIn: { email: email(), password: "Gaeul-achim7!" },
  refresh: { refreshToken: crypto.randomUUID() },
  signOut: { refreshToken: crypto.randomUUID() },
  end: { sessionId: crypto.randomUUID() },
  changeHandle: { handle: "haru-kim" },
  push: { deviceId, mutations: [{ mutationId: `mut_${"0".repeat(26)}`, ...change }] },
  begin: { ...file, alt: "" },
  replace: { mediaId, ...file },
  beginParts: { ...file, bytes: 30_000_000, alt: "" },
  replaceParts: { mediaId, ...file, bytes: 30_000_000 },
  missingParts: { mediaId, uploadId },
  completeParts: { mediaId, uploadId },
  abortParts: { mediaId, uploadId },
  beginAvatar: { contentType: file.contentType, bytes: file.bytes },
  "media list": { text: "봄", ...list },
  readMany: { mediaIds: mediaId },
  "media read": { mediaId },
  uses: { mediaId, ...list },
  "media update": { mediaId, alt: "", focus: { x: 0.5, y: 0.5 } },
  "media remove": { mediaId, evenIfUsed: "yes" },
  changeWatermark: { isOn: true, position: "centre", opacity: 0.5 },
  find: { q: "하루", lang: "ko", tag: "일기", year: "2026", limit: "2" },
  findOwn: { q: "하루", limit: "2" },
  findComments: { q: "하루", queue: "waiting", limit: "2" },
  pull: { lists: [{ listId, seq: 0 }] },
  "previewLink create": { postId, days: 7 },
  "previewLink list": { postId },
  withdraw: { postId, token: "0".repeat(22) },
  open: { postId, token: "0".repeat(22) },
  "revision list": { postId, ...list },
  "revision read": { postId, revision: "1" },
  "revision restore": { postId, revision: "1", over: 1 },
});
const rightInput = (noun: string, verb: string) => {
  const inputs = rightInputs();
  return inputs[`${noun} ${verb}`] ?? inputs[verb] ?? {};
};

test.each(routes)(
  "arbitrary JSON never makes $noun $verb answer 5xx, and every refusal has the one shape",
  async ({ noun, verb, route }) => {
    const admin = await newPerson("admin");
    const wrong = fc.dictionary(
      fc.oneof(fc.constantFrom(...Object.keys(rightInput(noun, verb)), ...hostileKeys), fc.string()),
      anything,
      { maxKeys: 3 },
    );
    const property = fc.asyncProperty(wrong, async (values) => {
      // `Object.assign` would give `__proto__` a meaning.
      const input = Object.fromEntries([
        ...Object.entries(rightInput(noun, verb)),
        ...Object.entries(values),
      ]);
      const answer = await call(handlers[noun], route, { as: admin, input });
      expect(answer.status).toBeLessThan(500);
      if (answer.status >= 400) errorBodySchema.parse(answer.body);
    });
    await fc.assert(property, { numRuns });
  },
);

test.each(routes)(
  "arbitrary JSON as a whole body never makes $noun $verb answer 5xx",
  async ({ noun, route }) => {
    const admin = await newPerson("admin");
    const property = fc.asyncProperty(anything, async (body) => {
      const event = { body: JSON.stringify(body), headers: { "content-type": "application/json" } };
      const answer = await call(handlers[noun], route, { as: admin, event });
      expect(answer.status).toBeLessThan(500);
      if (answer.status >= 400) errorBodySchema.parse(answer.body);
    });
    await fc.assert(property, { numRuns: Math.ceil(numRuns / 2) });
  },
);

test.each(routes)(
  "arbitrary bytes, headers and queries never make $noun $verb answer 5xx",
  async ({ noun, route }) => {
    const admin = await newPerson("admin");
    await fc.assert(
      fc.asyncProperty(
        fc.uint8Array({ maxLength: 200 }),
        fc.boolean(),
        fc.string({ unit: "binary" }),
        fc.dictionary(
          fc.constantFrom("content-type", "accept-language", "idempotency-key", "authorization"),
          fc.string(),
        ),
        async (bytes, isBase64Encoded, rawQueryString, headers) => {
          const body = Buffer.from(bytes).toString(isBase64Encoded ? "base64" : "latin1");
          const answer = await call(handlers[noun], route, {
            as: admin,
            event: { body, isBase64Encoded, rawQueryString, headers },
          });
          expect(answer.status).toBeLessThan(500);
          if (answer.status >= 400) errorBodySchema.parse(answer.body);
        },
      ),
      { numRuns },
    );
  },
);

test("a body of many wrong values is refused quickly and with a short answer", async () => {
  const admin = await newPerson("admin");
  const tags = Array.from({ length: 500_000 }, () => 1);
  const started = performance.now();
  const answer = await call(post, contracts.post.create, { as: admin, input: { tags } });
  expect(answer.status).toBe(400);
  expect(JSON.stringify(answer.body).length).toBeLessThan(20_000);
  expect(performance.now() - started).toBeLessThan(10_000);
});
