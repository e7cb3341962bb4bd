/**
 * What readers ask for most, through the front door's cache on the shape that is deployed: the front page, a
 * post, a tag and a feed, each beside a bare Node server that sends the same bytes, and beside the same page
 * of a Ghost where `GHOST_URL` says one is; and what a post costs a browser.
 */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { brotliCompressSync } from "node:zlib";
import { startSeededCloud } from "./cloud.ts";
import type { Figure } from "./figure.ts";
import { cannon, type Load } from "./load.ts";
import { weigh } from "./weight.ts";

/** How a page from the cache is to compare with Ghost's. */
const goals = { timesRequests: 30, shareOfP99: 0.1 } as const;

export async function measure(): Promise<Figure[]> {
  const cloud = await startSeededCloud({ production: true });
  try {
    const pages = await findPages(cloud.frontDoorUrl);
    const ghost = process.env.GHOST_URL ? await findGhostPages(process.env.GHOST_URL) : {};
    const figures: Figure[] = [];
    for (const [name, url] of Object.entries(pages)) {
      const ours = await cannon(url);
      const floor = await loadBare(url);
      const peer = ghost[name] === undefined ? undefined : await cannon(ghost[name]);
      figures.push(...figuresOf(name, ours, floor, peer));
    }
    const { bytes, requests } = await weigh(pages.post);
    return [
      ...figures,
      { name: "post-compressed", value: bytes / 1000, unit: "kB", goal: { operator: "<=", value: 45 } },
      { name: "post-files", value: requests, unit: "requests", goal: { operator: "<=", value: 6 } },
    ];
  } finally {
    await cloud.stop();
  }
}

function figuresOf(page: string, ours: Load, floor: Load, peer: Load | undefined): Figure[] {
  const figures: Figure[] = [
    { name: `${page}-requests`, value: ours.perSecond, unit: "1/s" },
    { name: `${page}-p50`, value: ours.p50, unit: "ms" },
    { name: `${page}-p99`, value: ours.p99, unit: "ms" },
    { name: `${page}-of-bare`, value: ours.perSecond / floor.perSecond, unit: "times" },
  ];
  if (!peer) return figures;
  const { timesRequests, shareOfP99 } = goals;
  return [
    ...figures,
    {
      name: `${page}-of-ghost`,
      value: ours.perSecond / peer.perSecond,
      unit: "times",
      goal: { operator: ">=", value: timesRequests },
    },
    {
      name: `${page}-p99-of-ghost`,
      value: ours.p99 / peer.p99,
      unit: "times",
      goal: { operator: "<=", value: shareOfP99 },
    },
  ];
}

async function findPages(site: string) {
  const list = await fetch(`${site}/api/posts?lang=ko&limit=50`);
  const { items } = (await list.json()) as { items: { slug: string; tags: string[] }[] };
  const post = items.find(({ tags }) => tags.length > 0);
  const [tag] = /\/ko\/tags\/[^"/]+/.exec(await (await fetch(`${site}/ko/tags`)).text()) ?? [];
  if (!post || !tag) throw new Error("No Korean post has a tag.");
  return {
    home: `${site}/ko`,
    post: `${site}/ko/posts/${encodeURIComponent(post.slug)}`,
    tag: site + tag,
    feed: `${site}/ko/feed.xml`,
  };
}

async function findGhostPages(site: string): Promise<Record<string, string>> {
  const feed = new URL("/rss/", site).href;
  const [, post] = /<item>.*?<link>([^<]+)<\/link>/s.exec(await (await fetch(feed)).text()) ?? [];
  return { home: new URL("/", site).href, feed, ...(post ? { post } : {}) };
}

/** The same bytes from a server that does nothing else. */
async function loadBare(url: string): Promise<Load> {
  const answer = await fetch(url);
  const body = brotliCompressSync(Buffer.from(await answer.arrayBuffer()));
  const bare = createServer((_request, response) => {
    response.writeHead(200, {
      "content-type": answer.headers.get("content-type") ?? "",
      "content-encoding": "br",
    });
    response.end(body);
  });
  await new Promise<void>((resolve) => bare.listen(0, "127.0.0.1", resolve));
  try {
    return await cannon(`http://127.0.0.1:${(bare.address() as AddressInfo).port}/`);
  } finally {
    bare.close();
  }
}
