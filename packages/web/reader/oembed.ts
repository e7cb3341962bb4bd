import { cardSize } from "@haru/core/card/card.contract";
import { pageTag } from "@haru/core/page-tag";
import { type PublishedPost, slugSchema } from "@haru/core/post/post.contract";
import * as z from "zod";
import { cachedApi } from "../api.ts";
import { siteUrl } from "../core.ts";
import { authorPath, localeOfPath, postPath } from "../features/site/address.ts";
import { decode, ifThere } from "./answer.tsx";
import { textElement, xmlDeclaration } from "./feed/xml.ts";
import { cacheControl } from "./respond.ts";
import { dataContentSecurityPolicy } from "./security.ts";
import { readSite } from "./site.ts";

/** Seconds for which others may keep what they were told of a post. */
const cacheAgeSeconds = 3600;

const pixels = z.coerce.number().int().positive().optional();
const askedSchema = z.object({
  url: z.url(),
  format: z.string().default("json"),
  maxwidth: pixels,
  maxheight: pixels,
});
type Asked = z.output<typeof askedSchema>;

/** Where others ask what a post is, as the post's page tells them. */
export function oembedPath(postUrl: string): string {
  return `/oembed?${new URLSearchParams({ url: postUrl, format: "json" })}`;
}

/**
 * `/oembed?url=<post>`: what a post is called, who wrote it and the picture of its card (oembed.com, type
 * `link`), as JSON or XML. A page of this site cannot be framed, so that there is nothing richer to embed.
 */
export async function oembedAnswer(request: Request): Promise<Response> {
  const asked = askedSchema.safeParse(Object.fromEntries(new URL(request.url).searchParams)).data;
  if (!asked) return refusal(400);
  if (asked.format !== "json" && asked.format !== "xml") return refusal(501);
  const post = await postAt(asked.url);
  if (!post) return refusal(404);
  const said = await describe(post, asked);
  return asked.format === "json"
    ? answer(JSON.stringify(said), "application/json")
    : answer(toXml(said), "text/xml");
}

/** The published post at an address of this site; as everywhere, what nobody may see is not there. */
async function postAt(address: string): Promise<PublishedPost | undefined> {
  const { origin, pathname } = new URL(address);
  const lang = localeOfPath(pathname);
  const [, slugSegment] = /^\/\w+\/posts\/([^/]+)\/?$/.exec(pathname) ?? [];
  const slug = slugSchema.safeParse(decode(slugSegment ?? "")).data;
  if (origin !== new URL(siteUrl()).origin || !lang || !slug) return undefined;
  return ifThere(cachedApi(lang, [pageTag(lang, slug)]).post.read({ lang, slug }), ["not_found", "gone"]);
}

async function describe(post: PublishedPost, { maxwidth = Infinity, maxheight = Infinity }: Asked) {
  const origin = siteUrl();
  const fits = cardSize.width <= maxwidth && cardSize.height <= maxheight;
  return {
    version: "1.0",
    type: "link",
    title: post.title,
    author_name: post.author.displayName,
    author_url: origin + authorPath(post.lang, post.author.accountId),
    provider_name: (await readSite(post.lang)).name,
    provider_url: `${origin}/${post.lang}`,
    cache_age: cacheAgeSeconds,
    url: origin + postPath(post.lang, post.slug),
    ...(post.card && fits
      ? {
          thumbnail_url: new URL(post.card, origin).href,
          thumbnail_width: cardSize.width,
          thumbnail_height: cardSize.height,
        }
      : {}),
  };
}

function toXml(said: Readonly<Record<string, string | number>>): string {
  const elements = Object.entries(said).map(([name, value]) => textElement(name, String(value)));
  return `${xmlDeclaration}<oembed>\n${elements.join("\n")}\n</oembed>\n`;
}

function answer(body: string, type: string): Response {
  return new Response(body, {
    headers: {
      "content-type": `${type}; charset=utf-8`,
      "cache-control": cacheControl,
      "content-security-policy": dataContentSecurityPolicy,
      "access-control-allow-origin": "*",
    },
  });
}

function refusal(status: 400 | 404 | 501): Response {
  return new Response(null, { status, headers: { "cache-control": "no-store" } });
}
