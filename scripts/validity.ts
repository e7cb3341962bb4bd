import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { Readable } from "node:stream";
import { parseAtomFeed, parseJsonFeed, parseRssFeed } from "feedsmith";
import { HtmlValidate } from "html-validate/node";
import { XmlDocument, XmlLibError, XsdValidator } from "libxml2-wasm";
import { parseSitemap, parseSitemapIndex } from "sitemap";
import * as z from "zod";

/*
 * Whether what the site says to programs is right, by parsers and validators that know nothing of the
 * site. Each function answers what is wrong, in words.
 */

const html = new HtmlValidate({ root: true, extends: ["html-validate:standard"] });

export async function faultsOfHtml(page: string): Promise<string[]> {
  const { results } = await html.validateString(page);
  return results
    .flatMap(({ messages }) => messages)
    .map(({ ruleId, message, selector }) => `${ruleId} ${message} (${selector})`);
}

const address = z.url({ protocol: /^https$/ });
const time = z.iso.datetime();
/** RFC 822 with the year in full, as RSS asks. */
const rssTime = z.string().regex(/^\w{3}, \d{2} \w{3} \d{4} \d{2}:\d{2}:\d{2} GMT$/);
const said = z.string().min(1);

/** What RSS 2.0 requires of a channel and what its best practices ask of the items of a blog. */
const rssSchema = z.object({
  title: said,
  link: address,
  description: said,
  lastBuildDate: rssTime,
  atom: z.object({ links: z.array(z.object({ href: address, rel: said })).min(1) }),
  items: z
    .array(
      z.object({
        title: said,
        link: address,
        guid: z.object({ value: said, isPermaLink: z.literal(false) }),
        pubDate: rssTime,
        dc: z.object({ creators: z.array(said).length(1) }),
        content: z.object({ encoded: said }).optional(),
      }),
    )
    .default([]),
});

/** What RFC 4287 requires of a feed and its entries. */
const atomLinks = z.array(z.object({ href: address, rel: said })).min(1);
const atomSchema = z.object({
  id: address,
  title: z.object({ value: said }),
  updated: time,
  links: atomLinks,
  entries: z
    .array(
      z.object({
        id: z.string().regex(/^tag:[\w.-]+,\d{4}:\w+$/),
        title: z.object({ value: said }),
        updated: time,
        published: time,
        links: atomLinks,
        authors: z.array(z.object({ name: said, uri: address })).min(1),
        content: z.object({ type: z.literal("html"), value: said }).optional(),
      }),
    )
    .default([]),
});

/** What JSON Feed 1.1 requires: each item has a text, and an id that is a string. */
const jsonSchema = z.object({
  title: said,
  home_page_url: address,
  feed_url: address,
  items: z.array(
    z
      .object({
        id: said,
        url: address,
        content_html: said.optional(),
        content_text: said.optional(),
        date_published: z.coerce.string(),
        authors: z.array(z.object({ name: said, url: address })).min(1),
      })
      .refine(({ content_html, content_text }) => content_html !== undefined || content_text !== undefined),
  ),
});

/** @param file name of the feed's file, which says its format */
export function faultsOfFeed(file: string, text: string): string[] {
  try {
    if (file.endsWith(".json")) return faultsOf(jsonSchema, parseJsonFeed(JSON.parse(text)));
    const faults = faultsOfXml(text);
    const isAtom = file.endsWith("atom.xml");
    return faults.concat(
      isAtom ? faultsOf(atomSchema, parseAtomFeed(text)) : faultsOf(rssSchema, parseRssFeed(text)),
    );
  } catch (error) {
    return [String(error)];
  }
}

function faultsOf(schema: z.ZodType, value: unknown): string[] {
  const { error } = schema.safeParse(value);
  return error?.issues.map(({ path: at, message }) => `${at.join(".")}: ${message}`) ?? [];
}

/** @param schema of the whole document; without one, whether it is well-formed */
function faultsOfXml(text: string, schema?: XsdValidator): string[] {
  try {
    using document = XmlDocument.fromString(text);
    schema?.validate(document);
    return [];
  } catch (error) {
    if (error instanceof XmlLibError) return error.details.map(({ message }) => message);
    throw error;
  }
}

/** The schema of sitemaps.org, as the package of that name brings it along. Links to translations are Google's addition. */
function sitemapSchema(): XsdValidator {
  const folder = path.dirname(createRequire(import.meta.url).resolve("sitemap"));
  const text = readFileSync(path.resolve(folder, "../../schema/sitemap.xsd"), "utf8");
  using document = XmlDocument.fromString(
    text.replaceAll('processContents="strict"', 'processContents="lax"'),
  );
  return XsdValidator.fromDoc(document);
}

/** A sitemap by its schema, and by a reader of sitemaps, which is to find as many addresses as there are. */
export async function faultsOfSitemap(text: string): Promise<string[]> {
  using schema = sitemapSchema();
  const faults = faultsOfXml(text, schema);
  const items = await parseSitemap(Readable.from(text));
  const addresses = items.flatMap(({ url, links = [] }) => [url, ...links.map((link) => link.url)]);
  const isRead = items.length === text.split("<loc>").length - 1;
  return [
    ...faults,
    ...(isRead ? [] : [`${items.length} addresses were read.`]),
    ...addresses.filter((each) => !address.safeParse(each).success),
  ];
}

/** The addresses of the sitemaps that an index names. */
export async function readSitemapIndex(text: string): Promise<string[]> {
  expectNone(faultsOfXml(text));
  return (await parseSitemapIndex(Readable.from(text))).map(({ url }) => url);
}

function expectNone(faults: readonly string[]): void {
  if (faults.length > 0) throw new Error(faults.join("\n"));
}

/** What search engines ask of each thing that a page says it is (schema.org, JSON-LD). */
const things: Readonly<Record<string, z.ZodType>> = {
  BlogPosting: z.object({
    headline: said,
    description: z.string(),
    url: address,
    mainEntityOfPage: address,
    inLanguage: z.enum(["ko", "en"]),
    datePublished: time,
    dateModified: time,
    author: z.object({ "@id": address }),
    image: address.optional(),
  }),
  WebPage: z.object({ name: said, url: address, dateModified: time }),
  Person: z.object({ name: said, url: address }),
  WebSite: z.object({
    name: said,
    url: address,
    potentialAction: z.object({
      "@type": z.literal("SearchAction"),
      target: z.object({ urlTemplate: z.string().includes("{search_term_string}") }),
      "query-input": z.literal("required name=search_term_string"),
    }),
  }),
  BreadcrumbList: z.object({
    itemListElement: z
      .array(z.object({ "@type": z.literal("ListItem"), position: z.number(), name: said, item: address }))
      .min(2)
      .refine((items) => items.every(({ position }, index) => position === index + 1)),
  }),
};

const graphSchema = z.object({
  "@context": z.literal("https://schema.org"),
  "@graph": z.array(z.looseObject({ "@type": said, "@id": address.optional() })).min(1),
});

/** What a page tells search engines of itself; a page that tells nothing has no faults. */
export function faultsOfLinkedData(page: string): string[] {
  const [, text] = /<script type="application\/ld\+json">(.*?)<\/script>/s.exec(page) ?? [];
  if (text === undefined) return [];
  const { data, error } = graphSchema.safeParse(JSON.parse(text));
  if (!data) return [String(error)];
  const graph = data["@graph"];
  const ids = graph.map((thing) => thing["@id"]);
  const referred = [...text.matchAll(/\{"@id":"([^"]+)"\}/g)].map(([, id = ""]) => id);
  return [
    ...graph.flatMap((thing) => faultsOf(things[thing["@type"]] ?? z.never(), thing)),
    ...referred.filter((id) => !ids.includes(id)).map((id) => `${id} is not there.`),
  ];
}
