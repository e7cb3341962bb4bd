import * as z from "zod";
import { defineContract } from "../contract.ts";

/** Seconds within which a ticket opens a socket. */
export const ticketSeconds = 60;

export const realtimeContract = defineContract({
  ticket: {
    method: "POST",
    path: "/realtime/tickets",
    auth: "reader",
    summary: "Draws a ticket that opens one socket, once and soon: no token ever stands in an address.",
    input: z.strictObject({}),
    output: z.strictObject({ ticket: z.string(), expiresInSeconds: z.int() }),
    status: 201,
    errors: [],
  },
});

/** What a socket tells: something of this name changed, go and look. It carries no data of anybody. */
export const pokeSchema = z.object({ topic: z.string(), id: z.string(), seq: z.number() });
export type Poke = z.output<typeof pokeSchema>;
