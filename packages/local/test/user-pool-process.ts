import { startTestPool } from "./user-pool.ts";

/** An engine in a process of its own, to be killed: says where it is and waits. */
const pool = await startTestPool({ dataFolder: process.argv[2] ?? "" });
process.stdout.write(`${JSON.stringify({ url: pool.pools.url, clientId: pool.clientId })}\n`);
