import type { Duplex } from "node:stream";
import type { WebSocket } from "ws";
import type { ConnectionFacts } from "./event.ts";
import { createFrameLimit } from "./frame-limit.ts";

/*
 * Amazon API Gateway Developer Guide, "Quotas for configuring and running a WebSocket API in API
 * Gateway": connection duration 2 hours, idle connection timeout 10 minutes, frame size 32 KB,
 * message payload 128 KB; a larger message or frame closes the connection with code 1009.
 */
export const MESSAGE_LIMIT_BYTES = 128 * 1024;
const FRAME_LIMIT_BYTES = 32 * 1024;
const GOING_AWAY = 1001;
const UNSUPPORTED_DATA = 1003;
const MESSAGE_TOO_BIG = 1009;

export interface Limits {
  readonly durationMs: number;
  /** Only messages count, in either direction: pings do not keep a connection. */
  readonly idleMs: number;
}

export const awsLimits: Limits = { durationMs: 2 * 60 * 60 * 1000, idleMs: 10 * 60 * 1000 };

interface Connection {
  readonly facts: ConnectionFacts;
  readonly socket: WebSocket;
  lastActiveAt: Date;
  idle: NodeJS.Timeout;
}

export interface ConnectionEvents {
  onMessage(facts: ConnectionFacts, body: string): void;
  onEnd(facts: ConnectionFacts, code: number, reason: string): void;
}

/** The clients that are connected to one API. */
export function createConnections(limits: Limits, events: ConnectionEvents) {
  const connections = new Map<string, Connection>();

  function touch(connection: Connection): void {
    connection.lastActiveAt = new Date();
    connection.idle.refresh();
  }

  function get(connectionId: string): Connection | undefined {
    const connection = connections.get(connectionId);
    return connection?.socket.readyState === connection?.socket.OPEN ? connection : undefined;
  }

  return {
    get,
    /** Takes over a connection whose handshake is done. */
    add(facts: ConnectionFacts, socket: WebSocket, stream: Duplex): void {
      const { connectionId } = facts;
      const leave = () => socket.close(GOING_AWAY, "Going away");
      const idle = setTimeout(leave, limits.idleMs);
      const duration = setTimeout(leave, limits.durationMs);
      const connection: Connection = { facts, socket, lastActiveAt: facts.connectedAt, idle };
      connections.set(connectionId, connection);
      const isFrameTooLarge = createFrameLimit(FRAME_LIMIT_BYTES);
      stream.prependListener("data", (chunk: Buffer) => {
        if (isFrameTooLarge(chunk)) socket.close(MESSAGE_TOO_BIG, "Frame too large");
      });
      socket.on("message", (data: Buffer, isBinary: boolean) => {
        if (socket.readyState !== socket.OPEN) return;
        // "API Gateway rejects it and disconnects the client with code 1003" (Working with binary media types).
        if (isBinary) return socket.close(UNSUPPORTED_DATA, "Binary frames are not supported");
        touch(connection);
        events.onMessage(facts, data.toString());
      });
      // What was wrong is in the code of the close that follows.
      socket.on("error", () => {});
      socket.on("close", (code, reason) => {
        clearTimeout(idle);
        clearTimeout(duration);
        connections.delete(connectionId);
        events.onEnd(facts, code, reason.toString());
      });
    },
    /** Sends one text. False means that the connection is gone. */
    async send(connectionId: string, text: string): Promise<boolean> {
      const connection = get(connectionId);
      if (!connection) return false;
      touch(connection);
      return new Promise((resolve) => connection.socket.send(text, (error) => resolve(!error)));
    },
    /** False means that there was no such connection. */
    close(connectionId: string): boolean {
      const connection = get(connectionId);
      connection?.socket.close(1000, "Connection closed by the server");
      return connection !== undefined;
    },
    closeAll(): void {
      for (const { socket } of connections.values()) socket.terminate();
    },
  };
}

export type Connections = ReturnType<typeof createConnections>;
