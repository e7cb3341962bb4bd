import http, { type Server as HttpServer } from "node:http";
import https from "node:https";
import net, { type Socket } from "node:net";
import type { Certificate } from "./certificate.ts";

/** The first byte of every TLS connection: the record of a handshake (RFC 8446, section 5.1). */
const HANDSHAKE = 0x16;

export interface WebServer {
  /** What listens. */
  readonly listener: net.Server;
  /** What gets requests and upgrades of plain and of encrypted connections. */
  readonly servers: readonly HttpServer[];
  stop(): Promise<void>;
}

/**
 * HTTP and HTTPS on one port, as a distribution has one name for both: links that programs get say
 * `http`, because browsers do not know the certificate, while OpenNext asks for pages by `https`.
 */
export function createWebServer(options: {
  readonly maxHeaderSize: number;
  readonly certificate: Certificate;
}): WebServer {
  const { maxHeaderSize, certificate } = options;
  const plain = http.createServer({ maxHeaderSize });
  const secure = https.createServer({
    maxHeaderSize,
    cert: certificate.certificate,
    key: certificate.privateKey,
  });
  const sockets = new Set<Socket>();
  const listener = net.createServer({ noDelay: true }, (socket) => {
    sockets.add(socket);
    socket.once("close", () => sockets.delete(socket));
    const onEarlyError = () => socket.destroy();
    socket.once("error", onEarlyError);
    socket.once("data", (first) => {
      socket.pause();
      socket.off("error", onEarlyError);
      socket.unshift(first);
      if (first[0] === HANDSHAKE) {
        // TLS takes what was read so far out of the buffer itself, provided that it does not flow.
        secure.emit("connection", socket);
      } else {
        plain.emit("connection", socket);
        socket.resume();
      }
    });
  });
  return {
    listener,
    servers: [plain, secure],
    stop: () =>
      new Promise((resolve) => {
        listener.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}
