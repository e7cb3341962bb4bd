import type { ClientRequest, RequestOptions } from "node:http";
import { request } from "node:https";
import { isIP } from "node:net";
import { InnerAddressError, lookupPublic } from "./public-address.ts";

/** Begins a request, and decides where requests may go at all. */
export type Transport = (url: URL, options: RequestOptions) => ClientRequest;

/** To public addresses, by TLS. */
export const publicTransport: Transport = (url, options) => {
  // A number in place of a name is not looked up.
  if (url.protocol !== "https:" || isIP(url.hostname.replace(/^\[|\]$/g, "")))
    throw new InnerAddressError(`${url.protocol}//${url.hostname} is no address for requests`);
  return request(url, { ...options, lookup: lookupPublic });
};

/** What is sent, and how long an answer may take. */
interface Posted {
  readonly headers: RequestOptions["headers"];
  readonly body: Buffer | string | null;
  readonly timeoutMilliseconds: number;
}

/** @returns the status of the answer, whose body is of no interest. It is not followed to another address. */
export function post(
  url: URL,
  { headers, body, timeoutMilliseconds }: Posted,
  transport: Transport,
): Promise<number> {
  return new Promise((resolve, reject) => {
    const signal = AbortSignal.timeout(timeoutMilliseconds);
    const sent = transport(url, { method: "POST", headers, signal, agent: false });
    sent.on("response", (response) => {
      resolve(response.statusCode ?? 500);
      response.destroy();
    });
    sent.on("error", reject);
    sent.end(body);
  });
}
