import type { Table } from "../src/table.ts";

interface Waiting {
  run: (() => Promise<void>) | undefined;
  hasReadLists: boolean;
}

const waitingByTable = new WeakMap<Table, Waiting>();

/**
 * Runs something while something else happens between its reads and its first write, or between
 * the reading of a list and of what is in it: the moments in which a state can be torn.
 */
export async function interruptNext(
  table: Table,
  run: () => Promise<void>,
  interruption: () => Promise<void>,
): Promise<void> {
  const waiting = waitingOf(table);
  Object.assign(waiting, { run: interruption, hasReadLists: false });
  await run();
  waiting.run = undefined;
}

function waitingOf(table: Table): Waiting {
  const known = waitingByTable.get(table);
  if (known) return known;
  const waiting: Waiting = { run: undefined, hasReadLists: false };
  const { client } = table;
  const send = client.send.bind(client) as (command: object, ...rest: unknown[]) => Promise<unknown>;
  client.send = (async (command: object, ...rest: unknown[]) => {
    const { name } = command.constructor;
    const isMoment = name === "TransactWriteCommand" || (name === "QueryCommand" && waiting.hasReadLists);
    const { run } = waiting;
    if (run && isMoment) {
      waiting.run = undefined;
      await run();
    }
    const answer = await send(command, ...rest);
    if (name === "BatchGetCommand") waiting.hasReadLists = true;
    return answer;
  }) as typeof client.send;
  waitingByTable.set(table, waiting);
  return waiting;
}
