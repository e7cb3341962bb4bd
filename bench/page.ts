/**
 * A published post's page through the front door, beside a bare Node server that sends
 * the same bytes; and what the page costs a browser.
 */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import autocannon from "autocannon";
import { startSeededCloud } from "./cloud.ts";
import type { Figure } from "./figure.ts";
import { weigh } from "./weight.ts";

const connections = 10;
const warmUpSeconds = 3;
const seconds = 10;

async function load(url: string, duration: number) {
  const { requests, latency, errors, non2xx } = await autocannon({
    url,
    connections,
    duration,
    headers: { "accept-encoding": "br", accept: "text/html" },
  });
  if (errors > 0 || non2xx > 0)
    throw new Error(`${url}: ${errors} errors, ${non2xx} answers that are no success.`);
  return { perSecond: requests.average, p50: latency.p50, p99: latency.p99 };
}

export async function measure(): Promise<Figure[]> {
  const cloud = await startSeededCloud();
  try {
    const list = await fetch(`${cloud.frontDoorUrl}/api/posts?lang=ko&limit=1`);
    const { items } = (await list.json()) as { items: { slug: string }[] };
    const url = `${cloud.frontDoorUrl}/ko/posts/${encodeURIComponent(items[0]?.slug ?? "")}`;
    const { compressedHtml, bytes, requests } = await weigh(url);
    const bare = createServer((_request, response) => {
      response.writeHead(200, { "content-type": "text/html; charset=utf-8", "content-encoding": "br" });
      response.end(compressedHtml);
    });
    await new Promise<void>((resolve) => bare.listen(0, "127.0.0.1", resolve));
    const bareUrl = `http://127.0.0.1:${(bare.address() as AddressInfo).port}/`;

    await load(url, warmUpSeconds);
    const ours = await load(url, seconds);
    await load(bareUrl, warmUpSeconds);
    const floor = await load(bareUrl, seconds);
    bare.close();

    return [
      { name: "requests", value: ours.perSecond, unit: "1/s" },
      { name: "p50", value: ours.p50, unit: "ms" },
      { name: "p99", value: ours.p99, unit: "ms" },
      { name: "bare-requests", value: floor.perSecond, unit: "1/s" },
      { name: "bare-p99", value: floor.p99, unit: "ms" },
      { name: "ratio-to-bare", value: ours.perSecond / floor.perSecond, unit: "times" },
      { name: "page-compressed", value: bytes / 1000, unit: "kB", goal: { operator: "<=", value: 45 } },
      {
        name: "page-requests",
        value: requests,
        unit: "requests",
        goal: { operator: "<=", value: 6 },
      },
    ];
  } finally {
    await cloud.stop();
  }
}
