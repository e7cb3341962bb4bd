import { feedPath, formatOfFile } from "@haru/core/feed/feed.contract";
import { expect, test } from "vitest";
import { renderAtom } from "./atom.ts";
import { conditional } from "./conditional.ts";
import { type Feed, withWholeAddresses } from "./feed.ts";
import { renderJsonFeed } from "./json-feed.ts";
import { renderRss } from "./rss.ts";
import { escapeXml } from "./xml.ts";

const url = "https://haru.example/ko/posts/%ED%95%98%EB%A3%A8";
const feed: Feed = {
  title: "하루 & <친구>",
  description: "기록",
  pageUrl: "https://haru.example/ko",
  feedUrl: "https://haru.example/ko/feed.xml",
  hubUrl: "https://hub.example/",
  language: "ko",
  updatedAt: "2026-11-21T09:00:00.000Z",
  entries: [
    {
      id: "tag:haru.example,2026:pst_1",
      url,
      title: '"따옴표" & <b>',
      summary: "요약",
      html: "<p>끝 ]]> 아님</p>",
      language: "ko",
      author: { name: "김하루", url: "https://haru.example/ko/authors/acc_1" },
      tags: ["C & C++"],
      publishedAt: "2026-11-20T09:00:00.000Z",
      updatedAt: "2026-11-21T09:00:00.000Z",
    },
  ],
};

test("RSS says dates as its readers expect them and keeps ids apart from addresses", () => {
  const rss = renderRss(feed);
  expect(rss).toContain("<pubDate>Fri, 20 Nov 2026 09:00:00 GMT</pubDate>");
  expect(rss).toContain('<guid isPermaLink="false">tag:haru.example,2026:pst_1</guid>');
});

test("no text ends the section or the element that it stands in", () => {
  const rss = renderRss(feed);
  expect(rss.match(/<!\[CDATA\[/g)?.length).toBe(rss.match(/\]\]>/g)?.length);
  expect(rss).toContain("하루 &amp; &lt;친구&gt;");
  expect(renderAtom(feed)).toContain("&lt;p&gt;끝 ]]&gt; 아님&lt;/p&gt;");
});

test("characters that XML cannot hold are left out, and all others kept", () => {
  expect(escapeXml("가\u0000\u000b\ufffe나\u{1f600}")).toBe("가나\u{1f600}");
});

test("an entry without its text has its summary, in every format", () => {
  const [entry] = feed.entries;
  if (!entry) throw new Error("The feed has no entry.");
  const short = { ...feed, entries: [{ ...entry, html: undefined }] };
  expect(renderRss(short)).not.toContain("content:encoded>");
  expect(JSON.parse(renderJsonFeed(short)).items[0]).toMatchObject({ content_text: "요약" });
});

test("addresses within the site are whole in a feed, others stay as they are", () => {
  const html =
    '<a href="/ko">1</a><img src="/media/a.png"><a href="#h-절">2</a><a href="https://a.example/">3</a>';
  expect(withWholeAddresses(html, url)).toBe(
    `<a href="https://haru.example/ko">1</a><img src="https://haru.example/media/a.png"><a href="${url}#h-절">2</a><a href="https://a.example/">3</a>`,
  );
});

test("a feed's file says its format, and its path is below its list", () => {
  expect(feedPath("/ko/tags/a", "atom")).toBe("/ko/tags/a/atom.xml");
  expect(formatOfFile("feed.json")).toBe("json");
  expect(formatOfFile("feed.txt")).toBeUndefined();
});

const answer = () =>
  new Response("feed", {
    headers: { etag: '"a"', "last-modified": "Sat, 21 Nov 2026 09:00:00 GMT", "content-type": "text/xml" },
  });

test.each([
  [{ "if-none-match": '"a"' }, 304],
  [{ "if-none-match": 'W/"b", W/"a"' }, 304],
  [{ "if-none-match": "*" }, 304],
  [{ "if-none-match": '"b"', "if-modified-since": "Sun, 22 Nov 2026 09:00:00 GMT" }, 200],
  [{ "if-modified-since": "Sat, 21 Nov 2026 09:00:00 GMT" }, 304],
  [{ "if-modified-since": "Sat, 21 Nov 2026 08:59:59 GMT" }, 200],
  [{ "if-modified-since": "yesterday" }, 200],
  [{}, 200],
])("asked with %j, what has not changed answers %d", (headers, status) => {
  const given = conditional(new Headers(headers as Record<string, string>), answer());
  expect(given.status).toBe(status);
  expect(given.headers.get("etag")).toBe('"a"');
});
