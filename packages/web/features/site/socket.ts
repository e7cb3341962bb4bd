import type { Client } from "@haru/core/client";
import { type Poke, pokeSchema } from "@haru/core/realtime/realtime.contract";
import type { contracts } from "@haru/core/routes";

/** API Gateway ends a connection that was silent for ten minutes. */
const beatMilliseconds = 8 * 60 * 1000;
const firstRetryMilliseconds = 1_000;
const longestRetryMilliseconds = 60_000;

/**
 * Listens for pokes, which say that something changed and nothing else.
 * @param onOpen called with every new connection, since pokes may have been missed before it
 * @returns how to close it
 */
export function openSocket(
  api: Pick<Client<typeof contracts>, "realtime">,
  onOpen: () => void,
  onPoke: (poke: Poke) => void,
): () => void {
  let socket: WebSocket | undefined;
  let isClosed = false;
  let retryMilliseconds = firstRetryMilliseconds;
  let retry: ReturnType<typeof setTimeout> | undefined;
  let beat: ReturnType<typeof setInterval> | undefined;

  async function open(): Promise<void> {
    if (isClosed || !navigator.onLine) return again();
    let ticket: string;
    try {
      ({ ticket } = await api.realtime.ticket({}));
    } catch {
      return again(); // Whatever it is, the API's own calls meet it too and say it.
    }
    if (isClosed) return;
    const url = new URL("/socket", location.href);
    url.protocol = url.protocol === "https:" ? "wss:" : "ws:";
    url.searchParams.set("ticket", ticket);
    socket = new WebSocket(url);
    socket.onopen = () => {
      retryMilliseconds = firstRetryMilliseconds;
      beat = setInterval(() => socket?.send("{}"), beatMilliseconds);
      onOpen();
    };
    socket.onmessage = ({ data }) => onPoke(readPoke(data));
    socket.onclose = () => {
      clearInterval(beat);
      again();
    };
  }

  function again(): void {
    if (isClosed) return;
    clearTimeout(retry);
    retry = setTimeout(() => void open(), retryMilliseconds * (0.5 + Math.random()));
    retryMilliseconds = Math.min(retryMilliseconds * 2, longestRetryMilliseconds);
  }

  const onOnline = () => {
    retryMilliseconds = firstRetryMilliseconds;
    if (!socket || socket.readyState === WebSocket.CLOSED) again();
  };
  addEventListener("online", onOnline);
  void open();
  return () => {
    isClosed = true;
    clearTimeout(retry);
    clearInterval(beat);
    removeEventListener("online", onOnline);
    socket?.close();
  };
}

/** A poke of a shape that this version does not know is one of something that it should look at. */
function readPoke(data: unknown): Poke {
  try {
    return pokeSchema.parse(JSON.parse(String(data)));
  } catch {
    return { topic: "list", id: "", seq: 0 };
  }
}
