import autocannon from "autocannon";

const connections = 10;
const warmUpSeconds = 2;
const seconds = Number(process.env.BENCH_SECONDS ?? 10);

export interface Load {
  readonly perSecond: number;
  /** Milliseconds. */
  readonly p50: number;
  readonly p99: number;
}

/**
 * A page that has been asked for, by ten readers at once.
 * @throws Error when an answer is no success
 */
export async function cannon(url: string): Promise<Load> {
  await shoot(url, warmUpSeconds);
  return shoot(url, seconds);
}

async function shoot(url: string, duration: number): Promise<Load> {
  const headers = { "accept-encoding": "br", accept: "text/html" };
  const { requests, latency, errors, non2xx } = await autocannon({ url, connections, duration, headers });
  if (errors > 0 || non2xx > 0)
    throw new Error(`${url}: ${errors} errors, ${non2xx} answers that are no success.`);
  return { perSecond: requests.average, p50: latency.p50, p99: latency.p99 };
}
