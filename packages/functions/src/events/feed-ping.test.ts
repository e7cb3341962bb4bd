import { createServer, request, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { siteSettings } from "@haru/core/site/site.entity";
import type { SQSRecord } from "aws-lambda";
import { afterAll, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { link, startLinkedTable } from "../../test/services.ts";
import { coreFor } from "../core.ts";
import { logger } from "../log.ts";
import { InnerAddressError } from "../public-address.ts";
import { handler, pingHub } from "./feed-ping.ts";

let engine: Awaited<ReturnType<typeof startLinkedTable>>;
let hub: Server;
let hubUrl: string;
let status = 204;
const told: URLSearchParams[] = [];

beforeAll(async () => {
  engine = await startLinkedTable();
  link("Router", { url: "https://haru.example/", distributionId: "E1" });
  hub = createServer(async (request, response) => {
    told.push(new URLSearchParams(Buffer.concat(await request.toArray()).toString()));
    response.writeHead(status, { location: "/elsewhere" }).end();
  });
  await new Promise<void>((resolve) => hub.listen(0, "127.0.0.1", resolve));
  hubUrl = `http://127.0.0.1:${(hub.address() as AddressInfo).port}/`;
});
afterAll(async () => {
  hub.closeAllConnections();
  hub.close();
  await engine.stop();
});
beforeEach(async () => {
  told.length = 0;
  status = 204;
  await setHub(hubUrl);
});

/** The verb takes addresses on HTTPS alone; the row of this test leads to this machine. */
async function setHub(feedHub: string): Promise<void> {
  const nothing = { title: "", description: "", navigation: [] };
  const words = { ko: nothing, en: nothing };
  await siteSettings(coreFor("ko"))
    .put({ words, socialLinks: [], defaultLocale: "ko", revision: 1, feedHub })
    .go();
}

const overLoopback = ({ Records }: { Records: SQSRecord[] }) => pingHub({ Records }, request);
const message = (messageId: string, body: unknown) =>
  ({ messageId, body: JSON.stringify(body) }) as SQSRecord;
const tag = { lang: "ko", kind: "tag", name: "가을" } as const;
const all = { lang: "any", kind: "all", name: "posts" } as const;
const shelf = { lang: "ko", kind: "shelf", name: "pinned" } as const;

test("the hub is told in one call of every feed of the lists that changed, and of none that there is not", async () => {
  const answer = await overLoopback({ Records: [message("1", { lists: [all, tag, shelf] })] });
  expect(answer).toEqual({ batchItemFailures: [] });
  expect(told).toHaveLength(1);
  expect(told[0]?.get("hub.mode")).toBe("publish");
  const folder = `https://haru.example/ko/tags/${encodeURIComponent("가을")}`;
  expect(told[0]?.getAll("hub.url").sort()).toEqual(
    ["https://haru.example", folder]
      .flatMap((list) => ["feed.xml", "atom.xml", "feed.json"].map((file) => `${list}/${file}`))
      .sort(),
  );
});

test("a site without a hub tells nobody", async () => {
  await setHub("");
  expect(await overLoopback({ Records: [message("1", { lists: [all] })] })).toEqual({
    batchItemFailures: [],
  });
  expect(told).toEqual([]);
});

test.each([500, 404, 302])(
  "what a hub answers with %i is sent again, and the rest is not",
  async (refusal) => {
    const bad = message("bad", { lists: [{ ...tag, lang: "fr" }] });
    expect(await overLoopback({ Records: [message("good", { lists: [tag] }), bad] })).toEqual({
      batchItemFailures: [{ itemIdentifier: "bad" }],
    });
    status = refusal;
    expect(await overLoopback({ Records: [message("late", { lists: [tag] })] })).toEqual({
      batchItemFailures: [{ itemIdentifier: "late" }],
    });
    expect(told).toHaveLength(2);
  },
);

test("a hub inside the network is not even connected to", async () => {
  const said = vi.spyOn(logger, "error");
  for (const inner of [hubUrl, hubUrl.replace("http://127.0.0.1", "https://localhost")]) {
    await setHub(inner);
    const { batchItemFailures } = await handler({ Records: [message("1", { lists: [all] })] });
    expect(batchItemFailures).toEqual([{ itemIdentifier: "1" }]);
    expect(said).toHaveBeenLastCalledWith(expect.any(String), {
      error: expect.any(InnerAddressError),
      messageId: "1",
    });
  }
  said.mockRestore();
});
