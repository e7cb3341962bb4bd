import http, { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { s3Accesses } from "../iam/accesses.ts";
import { accessKeyOf } from "../iam/guard.ts";
import type { Iam } from "../iam/iam.ts";
import { answerFault } from "./answers.ts";
import { type Faults, isNamed } from "./faults.ts";
import type { CallFault } from "./plan.ts";

export interface Gate {
  /** `http://127.0.0.1:<port>` */
  readonly url: string;
  /**
   * Does something while no call is on its way: lets those that are be answered, and makes later ones wait.
   * Answers whether it was done; where calls do not end in time it is not.
   */
  inSilence(run: () => void): Promise<boolean>;
  stop(): Promise<void>;
}

const mostSilenceMilliseconds = 5_000;
/** An engine answers a moment before what it wrote would survive its death. */
const settleMilliseconds = 300;

/** Stands in front of a service and lets the calls of functions go wrong as the plan says. Calls of others pass. */
export async function openGate(options: {
  readonly service: CallFault["service"];
  /** The service's own address. */
  readonly target: string;
  readonly port: number;
  readonly faults: Faults;
  readonly iam: Pick<Iam, "functionOf">;
}): Promise<Gate> {
  const { service, faults, iam } = options;
  const { hostname, port } = new URL(options.target);
  const candidates = faults.plan.calls.filter((fault) => fault.service === service);
  const agent = new http.Agent({ keepAlive: true, scheduling: "lifo" });
  let passing = 0;
  let silence: Promise<void> | undefined;
  const server = createServer((request, response) => {
    serve(request, response).catch(() => response.destroy());
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(options.port, "127.0.0.1", resolve);
  });

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const fault = drawFor(request);
    if (fault?.fault === "throttle" || fault?.fault === "error") {
      answerFault(response, service, fault.fault);
      return;
    }
    if (fault?.fault === "timeout") {
      await sleep(fault.milliseconds);
      request.socket.destroy();
      return;
    }
    if (fault?.fault === "slow") await sleep(fault.milliseconds);
    while (silence) await silence;
    passing++;
    response.once("close", () => passing--);
    forward(request, response, fault?.fault === "lost-answer");
  }

  function drawFor(request: IncomingMessage): CallFault | undefined {
    const caller = iam.functionOf(accessKeyOf(request.headers.authorization) ?? "");
    if (!caller) return undefined;
    const operation = operationOf(service, request);
    return faults.draw(
      service,
      candidates.filter((fault) => isNamed(fault.operation, operation) && isNamed(fault.function, caller)),
    );
  }

  function forward(request: IncomingMessage, response: ServerResponse, isAnswerLost: boolean): void {
    const { method, url: path, headers } = request;
    const outgoing = http.request({ agent, hostname, port, method, path, headers }, (answer) => {
      if (isAnswerLost) {
        answer.resume().once("close", () => request.socket.destroy());
        return;
      }
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
    });
    outgoing.once("error", () => response.destroy());
    response.once("close", () => outgoing.destroy());
    request.pipe(outgoing);
  }

  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async inSilence(run) {
      const { promise, resolve } = Promise.withResolvers<void>();
      silence = promise;
      const until = Date.now() + mostSilenceMilliseconds;
      while (passing > 0 && Date.now() < until) await sleep(10);
      const isSilent = passing === 0;
      if (isSilent) {
        await sleep(settleMilliseconds);
        run();
      }
      silence = undefined;
      resolve();
      return isSilent;
    },
    stop: () =>
      new Promise((resolve) => {
        agent.destroy();
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** As IAM names it, without the service. */
function operationOf(service: CallFault["service"], request: IncomingMessage): string {
  if (service === "lambda") return "InvokeFunction";
  if (service !== "s3") return String(request.headers["x-amz-target"]).split(".").at(-1) ?? "";
  const { method = "GET", url: target = "/" } = request;
  const [access] = s3Accesses({ method, target, operation: undefined, body: "" });
  return access?.action.slice("s3:".length) ?? "DeleteObject";
}
