import type { Role } from "@haru/core/account/account.contract";

/**
 * A cookie that scripts may read and that says only whether somebody is signed in, and as what.
 * Cached pages show the right header from it before the first paint and without a request. It
 * grants nothing: the session itself is another cookie, encrypted and out of reach of scripts.
 */
export const sessionHintCookie = "signed-in";

/** How long a session lasts without being used, the same as the pool's refresh tokens. */
export const sessionMaxAgeSeconds = 30 * 24 * 60 * 60;

export function readSessionHint(cookies: string): Role | undefined {
  const value = /(?:^|;\s*)signed-in=(reader|author|admin)(?:;|$)/.exec(cookies)?.[1];
  return value as Role | undefined;
}
