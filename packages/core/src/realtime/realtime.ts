import { createHash, randomBytes } from "node:crypto";
import * as z from "zod";
import type { ActorCore, Core } from "../core.ts";
import { AppError } from "../errors.ts";
import type { AccountId } from "../id.ts";
import { operation } from "../operation.ts";
import { commit, inTransaction } from "../transaction.ts";
import { realtimeContract, ticketSeconds } from "./realtime.contract.ts";
import { connections, tickets } from "./realtime.entity.ts";

/** A socket lives for two hours at most (API Gateway's quota); its end may come unheard. */
const connectionSeconds = 2 * 60 * 60 + 5 * 60;
/** Tabs share a socket, so this many are as many devices. More are not told, and find out by pulling. */
const mostConnections = 20;

export const ticket = operation(realtimeContract.ticket.input, async (core: ActorCore) => {
  const drawn = randomBytes(32).toString("base64url");
  const { accountId } = core.actor;
  const expireAt = secondsOf(core) + ticketSeconds;
  await tickets(core)
    .create({ ticketHash: hashOf(drawn), accountId, expireAt })
    .go();
  return { ticket: drawn, expiresInSeconds: ticketSeconds };
});

const connectInput = z.strictObject({
  ticket: z.string().min(1).max(200),
  connectionId: z.string().min(1).max(200),
});

/**
 * Opens a socket for whoever the ticket was drawn for. The ticket goes in the same transaction in
 * which the connection comes, so that of two sockets with one ticket one is refused.
 * @throws AppError `unauthenticated` for a ticket that is forged, used or too old
 */
export const connect = operation(connectInput, async (core: Core, { ticket: shown, connectionId }) => {
  const ticketHash = hashOf(shown);
  const { data } = await tickets(core).get({ ticketHash }).go({ consistent: true });
  if (!data || data.expireAt <= secondsOf(core)) throw new AppError("unauthenticated");
  const { accountId } = data;
  const connectedAt = core.now().toISOString();
  const { written } = await commit(core, [
    inTransaction(tickets(core))
      .delete({ ticketHash })
      .where((row, { exists }) => exists(row.ticketHash))
      .commit(),
    inTransaction(connections(core))
      .put({ connectionId, accountId, connectedAt, expireAt: secondsOf(core) + connectionSeconds })
      .commit(),
  ]);
  if (!written) throw new AppError("unauthenticated");
  return { accountId };
});

/** Forgets a socket that is closed or gone. Twice does no harm. */
export async function disconnect(core: Core, connectionId: string): Promise<void> {
  await connections(core).delete({ connectionId }).go();
}

/** The open sockets of an account, newest first. */
export async function connectionsOf(core: Core, accountId: AccountId): Promise<string[]> {
  const { data } = await connections(core)
    .query.byAccount({ accountId })
    .where(({ expireAt }, { gt }) => gt(expireAt, secondsOf(core)))
    .go({ order: "desc", limit: mostConnections });
  return data.map(({ connectionId }) => connectionId);
}

function hashOf(shown: string): string {
  return createHash("sha256").update(shown).digest("base64url");
}

function secondsOf(core: Core): number {
  return Math.floor(core.now().getTime() / 1000);
}
