import type { ServerResponse } from "node:http";
import type { Journal } from "./journal.ts";
import type { Queues } from "./queues.ts";
import type { CallView, FunctionTotals, LiveEvents } from "./view.ts";

/** Changes are gathered for so long: a page need not be told of each line. */
const GATHER_MS = 150;
/** Queues are looked at so often while somebody looks. */
const LOOK_MS = 1_500;
const FIRST_CALLS = 300;

/** Sends server-sent events until the response is closed: what is there, then what changes. */
export function sendLive(
  response: ServerResponse,
  parts: { readonly journal: Journal; readonly queues: Queues; totals(): FunctionTotals[] },
): void {
  const { journal, queues, totals } = parts;
  const send = <Name extends keyof LiveEvents>(name: Name, data: LiveEvents[Name]) =>
    response.write(`event: ${name}\ndata: ${JSON.stringify(data)}\n\n`);
  response.writeHead(200, { "content-type": "text/event-stream", "cache-control": "no-store" });
  send("calls", journal.recent(FIRST_CALLS));
  send("totals", totals());

  const changed = new Map<number, CallView>();
  let gathering: NodeJS.Timeout | undefined;
  const stopListening = journal.listen((call) => {
    changed.set(call.id, call);
    gathering ??= setTimeout(() => {
      gathering = undefined;
      send("calls", [...changed.values()]);
      changed.clear();
      send("totals", totals());
    }, GATHER_MS);
  });

  let lastQueues = "";
  const look = async () => {
    const list = await queues.list().catch(() => []); // The engine may be starting again.
    const text = JSON.stringify(list);
    if (text === lastQueues || response.destroyed) return;
    lastQueues = text;
    send("queues", list);
  };
  void look();
  const looking = setInterval(() => void look(), LOOK_MS);

  response.once("close", () => {
    stopListening();
    clearTimeout(gathering);
    clearInterval(looking);
  });
}
