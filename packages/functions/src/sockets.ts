import {
  ApiGatewayManagementApiClient,
  GoneException,
  PostToConnectionCommand,
} from "@aws-sdk/client-apigatewaymanagementapi";
import type { Core } from "@haru/core/core";
import type { AccountId, ListId } from "@haru/core/id";
import { connectionsOf, disconnect } from "@haru/core/realtime/realtime";
import type { Poke } from "@haru/core/realtime/realtime.contract";
import { membersOf } from "@haru/core/todo/member";
import { Resource } from "sst";
import { clientOptions } from "./core.ts";

/** So many messages are under way at once. */
const atOnce = 16;

let management: ApiGatewayManagementApiClient | undefined;

function linkedSockets(): ApiGatewayManagementApiClient {
  management ??= new ApiGatewayManagementApiClient({
    ...clientOptions,
    endpoint: Resource.Socket.managementEndpoint,
  });
  return management;
}

/** Who is told what. */
export interface Telling {
  readonly accountId: AccountId;
  readonly poke: Poke;
}

/** What everybody who sees a list is told of it: the number that it has now. */
export async function listTellings(core: Core, seqs: ReadonlyMap<ListId, number>): Promise<Telling[]> {
  const ofLists = [...seqs].map(async ([id, seq]) => {
    const members = await membersOf(core, id);
    return members.map(({ accountId }): Telling => ({ accountId, poke: { topic: "list", id, seq } }));
  });
  return (await Promise.all(ofLists)).flat();
}

/** The open sockets of everybody who sees a list. */
export async function socketsOfList(core: Core, listId: ListId): Promise<string[]> {
  const members = await membersOf(core, listId);
  const open = await Promise.all(members.map(({ accountId }) => connectionsOf(core, accountId)));
  return open.flat();
}

/**
 * Tells the open sockets of accounts that something changed.
 * @throws as `sendAll`
 */
export async function tell(core: Core, tellings: readonly Telling[]): Promise<void> {
  const accountIds = [...new Set(tellings.map(({ accountId }) => accountId))];
  const found = await Promise.all(
    accountIds.map(async (accountId) => [accountId, await connectionsOf(core, accountId)] as const),
  );
  const open = new Map(found);
  await sendAll(
    core,
    tellings.flatMap(({ accountId, poke }) =>
      (open.get(accountId) ?? []).map((connectionId) => ({ connectionId, poke })),
    ),
  );
}

interface Message {
  readonly connectionId: string;
  readonly poke: Poke;
}

/**
 * Sends pokes. A socket that is gone is forgotten; nobody has to be reached, because every device
 * also asks by itself.
 * @throws what the gateway answers otherwise, so that the caller is tried again
 */
export async function sendAll(core: Core, messages: readonly Message[]): Promise<void> {
  for (let at = 0; at < messages.length; at += atOnce) {
    await Promise.all(messages.slice(at, at + atOnce).map((message) => send(core, message)));
  }
}

async function send(core: Core, { connectionId, poke }: Message): Promise<void> {
  const Data = JSON.stringify(poke);
  try {
    await linkedSockets().send(new PostToConnectionCommand({ ConnectionId: connectionId, Data }));
  } catch (error) {
    if (!(error instanceof GoneException)) throw error;
    await disconnect(core, connectionId);
  }
}
