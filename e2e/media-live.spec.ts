import { type Poke, pokeSchema } from "@haru/core/realtime/realtime.contract";
import { expect, type Page, test, watchForErrors } from "./fixtures.ts";
import { enter } from "./people.ts";
import { photos } from "./pictures.ts";

const ko = { add: "그림 올리기", uploads: "올리는 그림", ready: (name: string) => `${name} 설명` };

/** The worker makes some twenty files of each picture on whatever the machine has left. */
const patienceMilliseconds = 60_000;

/** What a page's socket says of pictures, as it comes. */
function listen(page: Page): readonly Poke[] {
  const pokes: Poke[] = [];
  page.on("websocket", (socket) =>
    socket.on("framereceived", ({ payload }) => {
      const poke = pokeSchema.parse(JSON.parse(String(payload)));
      if (poke.topic === "media") pokes.push(poke);
    }),
  );
  return pokes;
}

/** Resolves once a socket of the page stands. */
async function socketStands(page: Page): Promise<void> {
  const devtools = await page.context().newCDPSession(page);
  await devtools.send("Network.enable");
  await new Promise((resolve) => devtools.once("Network.webSocketHandshakeResponseReceived", resolve));
  await devtools.detach();
}

async function drop(page: Page, name: string): Promise<string> {
  const begun = page.waitForResponse(
    (response) => response.request().method() === "POST" && response.url().endsWith("/media/uploads"),
  );
  await page
    .getByRole("button", { name: ko.add })
    .dispatchEvent("drop", { dataTransfer: await photos(page, [name]) });
  return (await (await begun).json()).media.mediaId;
}

/**
 * Opens the library of somebody new, with a socket: it stands while an upload is under way, and one is held
 * back. From then on no timer of the page runs out, so that it asks for nothing unless it is told to.
 */
async function openLibrary(page: Page, name: string) {
  const pokes = listen(page);
  await enter(page, "ko", name, "author");
  await page.goto("/ko/media");
  await expect(page.getByRole("button", { name: ko.add })).toBeVisible();
  await page.route(
    ({ pathname }) => pathname === "/uploads",
    () => {},
    { times: 1 },
  );
  const stands = socketStands(page);
  const heldId = await drop(page, "held.jpg");
  await stands;
  await page.clock.install();
  await page.clock.pauseAt(Date.now() + 1_000);
  return { pokes, heldId };
}

test("what becomes of a picture reaches its author's page over the socket as it happens, and nobody else's", async ({
  page,
  browser,
}) => {
  test.setTimeout(4 * patienceMilliseconds);
  const context = await browser.newContext();
  const otherPage = await context.newPage();
  const otherErrors = await watchForErrors(otherPage);
  const author = await openLibrary(page, "사진하루");
  const other = await openLibrary(otherPage, "다른하루");

  const mediaId = await drop(page, "live.jpg");
  const readyField = (on: Page) =>
    on.getByRole("list", { name: ko.uploads }).getByRole("textbox", { name: ko.ready("live.jpg") });
  await expect(readyField(page)).toBeVisible({ timeout: patienceMilliseconds });
  const otherId = await drop(otherPage, "live.jpg");
  await expect(readyField(otherPage)).toBeVisible({ timeout: patienceMilliseconds });

  // Each write of the picture's row is told: it waits, is worked on, is ready.
  const told = (pokes: readonly Poke[], id: string) => [
    ...new Set(pokes.filter((poke) => poke.id === id).map(({ seq }) => seq)),
  ];
  expect(told(author.pokes, mediaId)).toEqual([1, 2, 3]);
  expect(told(other.pokes, otherId)).toEqual([1, 2, 3]);
  const mine = (ids: readonly string[], pokes: readonly Poke[]) => pokes.every(({ id }) => ids.includes(id));
  expect(mine([author.heldId, mediaId], author.pokes)).toBe(true);
  expect(mine([other.heldId, otherId], other.pokes)).toBe(true);
  expect(otherErrors).toEqual([]);
  await context.close();
});
