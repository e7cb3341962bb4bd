import { ApiError, type Client, createClient } from "@haru/core/client";
import { errorStatus } from "@haru/core/errors";
import { type Locale, negotiateLocale } from "@haru/core/locale";
import { contracts } from "@haru/core/routes";
import { headers } from "next/headers";
import { apiUrl } from "../../core.ts";

/** Tells the API for whom the site asks: limits and the list of sessions are about that person. */
const handedOn = ["x-client-address", "x-edge-secret", "user-agent"];

/** The API on behalf of the person whose request is being answered. */
export async function serverApi(token?: string): Promise<Client<typeof contracts>> {
  const request = await headers();
  const locale: Locale = negotiateLocale(request.get("accept-language") ?? undefined);
  const caller = handedOn.flatMap((name) => {
    const value = request.get(name);
    return value === null ? [] : [[name, value] as const];
  });
  return createClient(contracts, {
    baseUrl: apiUrl(),
    locale,
    token,
    headers: Object.fromEntries(caller),
    fetch: (url, init) => fetch(url, { ...init, cache: "no-store" }),
  });
}

/** Whether the API said that nobody is signed in, rather than that it could not be asked. */
export function isSignedOut(error: unknown): boolean {
  return error instanceof ApiError && error.code === "unauthenticated";
}

/** Whether the API refused the question to somebody whom it let in: who may not ask, or has asked too often. */
export function isRefused(error: unknown): boolean {
  return error instanceof ApiError && !isSignedOut(error) && errorStatus[error.code] < 500;
}
