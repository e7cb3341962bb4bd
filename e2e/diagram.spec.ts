import {
  expect,
  expectAccessible,
  expectContrast,
  type Locator,
  type Page,
  pressOn,
  test,
  typeInto,
} from "./fixtures.ts";
import { asPerson, enter } from "./people.ts";

const words = {
  ko: {
    name: "도현",
    way: "글이 독자에게 가는 길",
    other: /^다이어그램\./,
    source: "원본 보기",
    copy: "복사",
    write: "새 글 쓰기",
    title: "제목",
    text: "본문",
    line: /3번째 줄을 살펴보세요/,
    nodes: ["초안", "발행", "독자"],
  },
  en: {
    name: "Dora Graham",
    way: "How a post reaches its reader",
    other: /^Diagram\./,
    source: "Show the source",
    copy: "Copy",
    write: "New post",
    title: "Title",
    text: "Text",
    line: /Look at line 3/,
    nodes: ["Draft", "Publish", "Reader"],
  },
} as const;
type Words = (typeof words)["ko" | "en"];

const fence = (source: string) => `\`\`\`mermaid\n${source}\n\`\`\``;

const flowchart = ({ way, nodes: [draft, publish, reader] }: Words) =>
  fence(
    `flowchart LR\n  accTitle: ${way}\n  a[${draft}] -->|${publish}| b{${publish}?}\n  b --> c([${reader}])\n  b --> d[(${draft})] --> e[${reader} 1] --> f[${reader} 2]`,
  );
const sequence = ({ nodes: [draft, publish, reader] }: Words) =>
  fence(`sequenceDiagram\n  ${draft}->>${publish}: ${reader}\n  ${publish}-->>${draft}: ${draft}`);
const broken = fence("flowchart LR\n  a --> b\n  b[c --> d");

/** Tries to be trusted, to run something, to load something and to look like something else. */
const hostile = [
  '%%{init: {"securityLevel": "loose", "theme": "forest", "themeCSS": "*{fill:red}@import url(https://evil.example/a.css)", "fontFamily": "x;}*{background:url(https://evil.example/b)}", "maxEdges": 9999, "htmlLabels": true, "flowchart": {"htmlLabels": true}}}%%',
  "flowchart TD",
  "  A[\"<img src='https://evil.example/c' onerror='alert(1)'><script>alert(2)</script>끝\"] --> B",
  '  click A "javascript:alert(3)"',
  "  click B call alert(4)",
].join("\n");
const loading = 'flowchart TD\n  C@{ img: "https://evil.example/d.png", label: "그림" }\n  C --> D';
/** Keeps Mermaid busy for half a minute on a machine of two cores, and then its memory does not suffice. */
const endless = "block-beta\n  columns 3\n  space:100000000 a";
const tooMuch = `flowchart TD\n${"  a --> b\n".repeat(400)}`;

/** As a page, which no list leads others to. */
async function publish(page: Page, lang: "ko" | "en", slug: string, markdown: string): Promise<void> {
  const settings = { kind: "page" };
  const fields = { lang, slug, title: slug, description: "", tags: [], settings, markdown };
  const { postId } = await asPerson<{ postId: string }>(page, "POST", "/author/posts", fields);
  await asPerson(page, "POST", `/author/posts/${postId}/publish`, { revision: 1 });
}

/** Picture `at` of a text, counted from 0, as it is seen: each is there for both schemes. */
const pictureIn = (text: Locator, at: number) => text.locator(".diagram").nth(at).locator("img:visible");

async function expectDrawn(picture: Locator): Promise<void> {
  await expect(picture).toBeVisible();
  await expect
    .poll(() => picture.evaluate((image: HTMLImageElement) => image.complete && image.naturalWidth))
    .toBeGreaterThan(50);
}

for (const lang of ["ko", "en"] as const) {
  const text = words[lang];

  test(`a reader sees diagrams in the colours of the theme, opens them and their source by keyboard, and what cannot be drawn stays code (${lang})`, async ({
    page,
  }) => {
    await enter(page, lang, text.name, "author");
    const slug = `diagram-${lang}-${Date.now().toString(36)}`;
    await publish(
      page,
      lang,
      slug,
      [flowchart(text), text.way, sequence(text), text.way, broken].join("\n\n"),
    );
    const loaded: string[] = [];
    page.on("request", (request) => loaded.push(new URL(request.url()).pathname));
    await page.goto(`/${lang}/posts/${slug}`);
    const prose = page.locator(".prose");
    const [first, second] = [pictureIn(prose, 0), pictureIn(prose, 1)];
    await expectDrawn(first);
    await expectDrawn(second);
    await expect(first).toHaveAttribute("alt", text.way);
    await expect(second).toHaveAttribute("alt", text.other);
    await expect(prose.locator(".diagram")).toHaveCount(2);
    await expect(prose.locator("> figure.code")).toContainText("b[c --> d");
    await expect(prose.locator(".note")).toHaveCount(0);
    expect(loaded.filter((path) => path.includes("/diagram-whole"))).toEqual([]);
    expect(loaded.filter((path) => path.includes("/diagram-common"))).toHaveLength(1);
    await expectAccessible(page);
    await page.screenshot({ path: `test-results/pages/diagram-${lang}.png`, fullPage: true });

    await pressOn(page, first);
    await expect(page.getByRole("dialog").getByRole("img", { name: text.way })).toBeVisible();
    await expectAccessible(page);
    await page.keyboard.press("Escape");
    await expect(first).toBeFocused();
    await pressOn(page, prose.locator("summary").first());
    await expect(prose.locator(".diagram figure.code").first()).toContainText(text.nodes[0]);
    await expect(prose.getByRole("button", { name: text.copy }).first()).toBeVisible();

    const light = await first.getAttribute("src");
    await page.emulateMedia({ colorScheme: "dark" });
    await expectDrawn(first);
    expect(await first.getAttribute("src")).not.toBe(light);
    await expectContrast(page);
    await page.screenshot({ path: `test-results/pages/diagram-dark-${lang}.png`, fullPage: true });
    await page.emulateMedia({ media: "print", colorScheme: "dark" });
    expect(await first.getAttribute("src")).toBe(light);
    await expect(prose.locator("summary").first()).toBeHidden();
    await page.emulateMedia({ media: "screen", colorScheme: "light" });

    await page.setViewportSize({ width: 360, height: 740 });
    const overflow = () => page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    expect(await overflow()).toBeLessThanOrEqual(0);
    const box = prose.locator(".diagram-box").first();
    expect(await box.evaluate(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth)).toBeGreaterThan(
      0,
    );
    await page.screenshot({ path: `test-results/pages/diagram-narrow-${lang}.png`, fullPage: true });

    // The frame keeps nothing, so that the page has what it loads for it from its own cache.
    await page.goto(`/${lang}/posts/${slug}`);
    await expectDrawn(first);
    const transferred = await page.evaluate(() =>
      performance
        .getEntriesByType("resource")
        .filter(({ name }) => name.includes("/diagram-common"))
        .map((entry) => (entry as PerformanceResourceTiming).transferSize),
    );
    expect(transferred).toEqual([0]);
  });

  test(`an author sees diagrams beside what is written, and which line cannot be drawn (${lang})`, async ({
    page,
  }) => {
    await enter(page, lang, text.name, "author");
    // The policy of the page that was opened first holds on.
    await page.goto(`/${lang}/write`);
    await pressOn(page, page.getByRole("link", { name: text.write, exact: true }));
    const prose = page.locator(".preview .prose");
    await typeInto(
      page,
      page.getByRole("textbox", { name: text.title, exact: true }),
      `diagram ${Date.now()}`,
    );
    const field = page.getByRole("textbox", { name: text.text, exact: true });
    await typeInto(page, field, flowchart(text));
    await expectDrawn(pictureIn(prose, 0));
    // By the editor's own key: what a browser types over a selection keeps the looks of what was there.
    await page.keyboard.press("ControlOrMeta+a");
    await page.keyboard.press("Delete");
    await page.keyboard.insertText(`${broken}\n\n${sequence(text)}`);
    await expect(prose.getByText(text.line)).toBeVisible();
    await expectDrawn(pictureIn(prose, 0));
    await expect(pictureIn(prose, 0)).toHaveAttribute("alt", text.other);
    await page.screenshot({ path: `test-results/pages/diagram-editor-${lang}.png` });
    await expectAccessible(page);
    // A change elsewhere shows the same picture, at once.
    await page.keyboard.press("ControlOrMeta+End");
    await page.keyboard.insertText(`\n\n${text.way}`);
    await expect(prose.getByText(text.way)).toBeVisible();
    await expectDrawn(pictureIn(prose, 0));

    await page.waitForURL(/\/write\/pst_/);
    const [postId = ""] = /pst_\w+/.exec(page.url()) ?? [];
    const link = { days: 1 };
    await expect(async () => {
      const { token } = await asPerson<{ token: string }>(
        page,
        "POST",
        `/author/posts/${postId}/preview-links`,
        link,
      );
      await page.goto(`/${lang}/preview/${postId}/${token}`);
      await expectDrawn(pictureIn(page.locator(".prose"), 0));
    }).toPass();
  });
}

test("a hostile diagram runs, loads and shows nothing of its own, and one without an end costs only itself", async ({
  page,
  baseURL,
}) => {
  await enter(page, "ko", words.ko.name, "author");
  const slug = `diagram-hostile-${Date.now().toString(36)}`;
  const [toRun, toLoad, toStay, toFill] = [hostile, loading, endless, tooMuch].map(fence);
  await publish(page, "ko", slug, [toRun, toLoad, toStay, flowchart(words.ko), toFill].join("\n\n"));
  // Not watched for errors: a browser reports the handler that Mermaid's sanitiser parsed and took away.
  const reader = await page.context().newPage();
  await reader.setViewportSize({ width: 1280, height: 2000 });
  const trapped: string[] = [];
  reader.on("dialog", (dialog) => {
    trapped.push(`dialog: ${dialog.message()}`);
    return dialog.dismiss();
  });
  const { origin } = new URL(baseURL ?? "");
  // What a policy stops does not come here.
  await reader.route(
    (url) => url.protocol !== "data:" && url.origin !== origin,
    (route) => {
      trapped.push(`request: ${route.request().url()}`);
      return route.abort();
    },
  );
  await reader.goto(`/ko/posts/${slug}`);
  const prose = reader.locator(".prose");
  const good = reader.getByRole("button", { name: words.ko.way });
  // Behind one that is given up after ten seconds, where a frame has a process of its own.
  await expect(good).toBeVisible({ timeout: 120_000 });
  await expectDrawn(good);
  await expect(prose.locator("> figure.code")).toHaveCount(3);
  await expect(prose.locator(".diagram")).toHaveCount(2);
  const pictures = await prose
    .locator(".diagram img")
    .evaluateAll((images) => images.map((image) => decodeURIComponent((image as HTMLImageElement).src)));
  expect(pictures).toHaveLength(4);
  for (const picture of pictures)
    expect(picture).not.toMatch(/evil\.example|<script|onerror=|javascript:|fill:red|<foreignObject/);
  expect(trapped).toEqual([]);
});

test("a page without diagrams loads nothing of them, and only the page in which they are drawn may be framed", async ({
  page,
  request,
}) => {
  const loaded: string[] = [];
  page.on("request", (sent) => loaded.push(sent.url()));
  const answer = await page.goto("/ko/posts/welcome", { waitUntil: "networkidle" });
  expect(loaded.filter((url) => url.includes("diagram"))).toEqual([]);
  expect(answer?.headers()["content-security-policy"]).not.toContain("frame-src");
  expect(answer?.headers()["x-frame-options"]).toBe("DENY");
  for (const path of ["/", "/ko", "/ko/sign-in", "/diagram-frames"])
    expect((await request.get(path, { maxRedirects: 0 })).headers()["x-frame-options"], path).toBe("DENY");
  const frame = await request.get("/diagram-frame");
  const { "content-security-policy": policy, "x-frame-options": framed } = frame.headers();
  expect(policy).toContain("sandbox allow-scripts; default-src 'none'");
  expect(policy).toContain("frame-ancestors 'self'");
  expect(framed).toBeUndefined();
});
