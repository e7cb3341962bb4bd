import { BatchGetCommand } from "@aws-sdk/lib-dynamodb";
import { afterAll, beforeAll, expect, test } from "vitest";
import { newPerson } from "../../test/people.ts";
import { startTable, type TestTable } from "../../test/table.ts";
import type { ActorCore } from "../core.ts";
import type { MediaId } from "../id.ts";
import { renderPost } from "../markdown/render.ts";
import type { MadePicture } from "./image/made-picture.ts";
import { type MediaRow, media } from "./media.entity.ts";
import { findPicture, showPictures } from "./shown.ts";

let table: TestTable;
let author: ActorCore;
beforeAll(async () => {
  table = await startTable();
  author = await newPerson(table.table);
});
afterAll(() => table.stop());

const made: MadePicture = {
  pictureId: `pic_${"0".repeat(26)}`,
  width: 1200,
  height: 800,
  isAnimated: false,
  isTransparent: false,
  colour: "#336699",
  thumbHash: "1QcSHQRnh493V4dIh4eXh1h4kJUI",
  formats: ["avif", "webp", "jpeg"],
  sizes: (["thumbnails", "medium", "widths", "full"] as const).map((kind) => ({
    kind,
    width: 300,
    height: 200,
    edition: "00000000",
  })),
  bytes: 1_000,
};

async function newMedia(fields: Partial<MediaRow> = {}): Promise<MediaId> {
  const mediaId = author.newId("media");
  const now = author.now().toISOString();
  const row: MediaRow = {
    mediaId,
    ownerId: author.actor.accountId,
    name: "봄.jpg",
    alt: "",
    caption: "",
    state: "ready",
    bytes: 1,
    version: 1,
    picture: made,
    createdAt: now,
    updatedAt: now,
    ...fields,
  };
  await media(author).put(row).go();
  return mediaId;
}

const show = (markdown: string, audience?: "feed") =>
  showPictures(author, renderPost(markdown).html, audience);

test("a picture that stands alone is shown with the caption it has everywhere, as text", async () => {
  const mediaId = await newMedia({ caption: "해 질 녘 <b>들판</b> & 길" });
  const html = await show(`앞\n\n![들판](media:${mediaId})\n\n뒤`);
  expect(html).toContain('<figure class="figure"><span class="picture">');
  expect(html).toContain("<figcaption>해 질 녘 &lt;b>들판&lt;/b> &amp; 길</figcaption></figure>");
  expect(await show(`![들판](media:${mediaId})`, "feed")).toMatch(
    /^<figure class="figure"><img [^>]+><figcaption>해 질 녘/,
  );
});

test("what a text says of a picture comes before what is said of it everywhere", async () => {
  const mediaId = await newMedia({ caption: "어디서나" });
  const html = await show(`![들판](media:${mediaId} "여기서는")`);
  expect(html).toContain("<figcaption>여기서는</figcaption>");
  expect(html).not.toContain("어디서나");
});

test("a picture among words has no caption, and one without a caption no figure", async () => {
  const mediaId = await newMedia({ caption: "어디서나" });
  expect(await show(`여기 ![들판](media:${mediaId}) 있습니다`)).not.toContain("figcaption");
  expect(await show(`![들판](media:${await newMedia()})`)).not.toContain("<figure");
});

test("a cover is found by its id; a picture that is gone and a foreign address are not", async () => {
  const ready = await newMedia();
  expect(await findPicture(author, `media:${ready}`)).toMatchObject({ width: 1200, height: 800 });
  for (const address of [`media:${author.newId("media")}`, "https://example.com/a.jpg", undefined])
    expect(await findPicture(author, address)).toBeUndefined();
});

test("a table that is busy makes no page without its pictures, which the site would keep", async () => {
  const mediaId = await newMedia();
  const { client } = table.table;
  const send = client.send.bind(client) as (command: unknown) => Promise<unknown>;
  const later = async (command: unknown) =>
    command instanceof BatchGetCommand
      ? { Responses: {}, UnprocessedKeys: command.input.RequestItems }
      : send(command);
  const busy = { ...table.table, client: Object.assign(Object.create(client), { send: later }) };
  const { html } = renderPost(`![](media:${mediaId})`);
  await expect(showPictures({ ...author, table: busy }, html)).rejects.toMatchObject({ code: "unavailable" });
});
