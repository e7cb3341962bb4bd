import { expect, test } from "vitest";
import { faultsOfFeed, faultsOfHtml, faultsOfLinkedData, faultsOfSitemap } from "./validity.ts";

const sitemap = (inner: string) =>
  `<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">${inner}</urlset>`;
const page = (graph: object[]) =>
  `<script type="application/ld+json">${JSON.stringify({ "@context": "https://schema.org", "@graph": graph })}</script>`;

test.each([
  ["a channel without a link", "feed.xml", '<rss version="2.0"><channel><title>a</title></channel></rss>'],
  ["XML that does not end", "feed.xml", '<rss version="2.0"><channel>'],
  [
    "an Atom feed without an id",
    "atom.xml",
    '<feed xmlns="http://www.w3.org/2005/Atom"><title>a</title></feed>',
  ],
  ["a JSON Feed without a title", "feed.json", '{"version":"https://jsonfeed.org/version/1.1","items":[]}'],
])("%s is found", (_, file, text) => {
  expect(faultsOfFeed(file, text)).not.toEqual([]);
});

test.each([
  ["nothing in it", ""],
  ["an address without a place", "<url><lastmod>2026-11-21</lastmod></url>"],
  ["a date that is none", "<url><loc>https://haru.example/</loc><lastmod>gestern</lastmod></url>"],
  ["what comes before its place", "<url><lastmod>2026-11-21</lastmod><loc>https://haru.example/</loc></url>"],
])("a sitemap with %s is refused by its schema", async (_, inner) => {
  expect(await faultsOfSitemap(sitemap(inner))).not.toEqual([]);
  expect(await faultsOfSitemap(sitemap("<url><loc>https://haru.example/</loc></url>"))).toEqual([]);
});

test("a thing without what it must say, one that nobody knows and one that is not there are found", () => {
  const url = "https://haru.example/ko";
  const person = { "@type": "Person", name: "하루", url };
  expect(faultsOfLinkedData(page([person]))).toEqual([]);
  expect(faultsOfLinkedData(page([{ "@type": "Person", url }]))).not.toEqual([]);
  expect(faultsOfLinkedData(page([{ ...person, "@type": "Persona" }]))).not.toEqual([]);
  expect(faultsOfLinkedData(page([{ ...person, worksFor: { "@id": `${url}#nobody` } }]))).not.toEqual([]);
});

test("HTML that is none is found", async () => {
  expect(await faultsOfHtml("<!doctype html><html lang=ko><title>a</title><p><div></p></html>")).not.toEqual(
    [],
  );
});
