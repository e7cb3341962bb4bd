/**
 * What a month on AWS costs: from what pages and calls of the API take on the local cloud in the
 * deployed shape, from what the production stage declares, and from AWS's prices. Writes docs/cost.md.
 */
import { writeFileSync } from "node:fs";
import path from "node:path";
import { recordStage } from "../packages/local/src/synth/record.ts";
import { root, startSeededCloud } from "./cloud.ts";
import { assumed, type Measured, monthlyCost, type Standing } from "./cost/model.ts";
import prices from "./cost/prices.json" with { type: "json" };
import { standingOf } from "./cost/standing.ts";
import { type Figure, quantile } from "./figure.ts";
import { weigh } from "./weight.ts";

const samples = 40;
const monthlyViews = [0, 1_000, 1_000_000, 100_000_000];
const goalIdleDollars = 1;

/** One line of Lambda's own about a call. */
interface Report {
  readonly functionName: string;
  readonly milliseconds: number;
  readonly megabytes: number;
}

function readReport(line: string): Report | undefined {
  const found = /^(\S+) REPORT .*Billed Duration: (\d+) ms Memory Size: (\d+) MB/.exec(line);
  return found
    ? { functionName: found[1] ?? "", milliseconds: Number(found[2]), megabytes: Number(found[3]) }
    : undefined;
}

async function measureJourneys(): Promise<Measured> {
  const reports: Report[] = [];
  let logBytes = 0;
  const cloud = await startSeededCloud({
    production: true,
    onLine(line) {
      const report = readReport(line);
      if (report) reports.push(report);
      // What Lambda keeps: a function's own lines, and its own of each call.
      if (/^haru-/.test(line)) logBytes += Buffer.byteLength(line);
    },
  });
  try {
    const ask = async (address: string) => {
      const response = await fetch(address);
      if (!response.ok) throw new Error(`${address} answered ${response.status}.`);
      return response;
    };
    const list = await ask(`${cloud.frontDoorUrl}/api/posts?lang=ko&limit=1`);
    const { items } = (await list.json()) as { items: { slug: string; postId: string }[] };
    const [item] = items;
    if (!item) throw new Error("There is no sample post to read.");
    const post = `${cloud.frontDoorUrl}/ko/posts/${encodeURIComponent(item.slug)}`;
    const comments = `${cloud.frontDoorUrl}/api/posts/${item.postId}/comments`;
    const { bytes, requests } = await weigh(post);
    await ask(comments);
    reports.length = 0;
    logBytes = 0;
    for (let sample = 0; sample < samples; sample++) {
      // Each query is another page to the edge.
      await ask(`${post}?cost=${sample}`);
      await ask(`${comments}?limit=${1 + sample}`);
    }
    const of = (part: string) => reports.filter(({ functionName }) => functionName.includes(part));
    const median = (some: readonly Report[]) =>
      quantile(
        some.map(({ milliseconds }) => milliseconds),
        0.5,
      );
    const [renders, calls] = [of("WebServer"), of("ApiComment")];
    return {
      requestsPerView: requests,
      bytesPerView: bytes,
      renderMilliseconds: median(renders),
      renderMegabytes: renders[0]?.megabytes ?? 0,
      apiMilliseconds: median(calls),
      apiMegabytes: calls[0]?.megabytes ?? 0,
      logBytesPerCall: logBytes / reports.length,
    };
  } finally {
    await cloud.stop();
  }
}

const dollars = (amount: number) => (amount === 0 ? "0" : amount < 0.005 ? "< 0.01" : amount.toFixed(2));

/** Why a site that nobody visits costs more than it should, as long as it does. */
function idleRest(standing: Standing, idle: Readonly<Record<string, number>>): string[] {
  const { alarmMetrics, polledQueues } = standing;
  const together = sumOf(idle);
  if (together <= goalIdleDollars) return [];
  return [
    [
      `An idle month should cost ${goalIdleDollars} USD and costs ${dollars(together)}:`,
      `${dollars(idle.CloudWatch ?? 0)} for the alarms, whose ${alarmMetrics} metrics are ${alarmMetrics - prices.cloudwatch.freeAlarmMetrics} more than are free`,
      "(each queue of dead letters, each queue of work and each reader of the stream has its own, so that whatever stops is told by its name),",
      `and ${dollars(idle.SQS ?? 0)} for the ${polledQueues} queues that Lambda asks for work all the time`,
      "(one for each kind of work, so that none waits behind another or may do what another may).",
      "Only production has alarms.",
      "[Decision 28](decisions/0028-idle-cost.md) says what was weighed.",
    ].join(" "),
    "",
  ];
}

const sumOf = (month: Readonly<Record<string, number>>) =>
  Object.values(month).reduce((sum, one) => sum + one, 0);

export async function measure(): Promise<Figure[]> {
  const measured = await measureJourneys();
  const standing = standingOf(await recordStage(root, "production"));
  const months = monthlyViews.map((views) => monthlyCost(views, { measured, standing, prices }));
  const totals = months.map(sumOf);
  const [idle = {}] = months;
  const { smallestNodeMonth, perGigabyteMonth, gigabytes } = prices.opensearch;
  const opensearch = smallestNodeMonth + perGigabyteMonth * gigabytes;
  const row = (name: string, cells: readonly string[]) => `| ${name} | ${cells.join(" | ")} |`;
  const page = [
    "# What a month costs",
    "",
    "Written by `npm run bench -- cost`; changes by hand are lost. US dollars a month by views of pages, from",
    `${prices.source}, as of ${prices.date}. Free amounts that do not end are taken off; those of the first year are not.`,
    "",
    row(
      "",
      monthlyViews.map((views) => (views === 0 ? "idle" : `${views.toLocaleString("en")} views`)),
    ),
    row(
      "---",
      monthlyViews.map(() => "---:"),
    ),
    ...Object.keys(months[0] ?? {}).map((service) =>
      row(
        service,
        months.map((month) => dollars(month[service] ?? 0)),
      ),
    ),
    row(
      "**together**",
      totals.map((total) => `**${dollars(total)}**`),
    ),
    row(
      "OpenSearch, one smallest node",
      monthlyViews.map(() => dollars(opensearch)),
    ),
    "",
    "Idle is a stage that was deployed, with nothing in it and nobody there. The others hold what is assumed below.",
    "",
    ...idleRest(standing, idle),
    "OpenSearch is a choice: without it search answers by the beginnings of titles from the table, at no price of its own.",
    "",
    "## Measured on the local cloud, in the deployed shape",
    "",
    row("", ["value"]),
    row("---", ["---:"]),
    ...Object.entries(measured).map(([name, value]) => row(name, [String(Math.round(value * 100) / 100)])),
    "",
    "## Declared by the production stage",
    "",
    row("", ["value"]),
    row("---", ["---:"]),
    ...Object.entries(standing).map(([name, value]) => row(name, [String(value)])),
    "",
    "## Assumed",
    "",
    row("", ["value"]),
    row("---", ["---:"]),
    ...Object.entries(assumed).map(([name, value]) => row(name, [String(value)])),
    "",
    "Durations are this machine's; a Lambda of the same memory has another processor. `bench/cost/model.ts` says what each number means.",
    "",
  ];
  writeFileSync(path.join(root, "docs/cost.md"), page.join("\n"));
  return totals.map((total, place) => ({
    name: `month-${monthlyViews[place]}-views`,
    value: total,
    unit: "USD",
    ...(place === 0 ? { goal: { operator: "<=" as const, value: goalIdleDollars } } : {}),
  }));
}
