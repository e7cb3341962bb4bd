import { Resource } from "sst";

/**
 * The only file of the site that reads what `sst.config.ts` links to it. Everything is a
 * function: nothing is read while a module loads or the site is built, where no link exists.
 */

/** Address of the HTTP API, without a slash at the end. */
export function apiUrl(): string {
  return Resource.Api.url.replace(/\/$/, "");
}

/** Address of the site as visitors see it, without a slash at the end. */
export function siteUrl(): string {
  return Resource.Router.url.replace(/\/$/, "");
}

/** Encrypts the session cookie. */
export function sessionSecret(): string {
  return Resource.SessionSecret.value;
}

/** Shared with the function that tells the site which pages are out of date. */
export function revalidateSecret(): string {
  return Resource.RevalidateSecret.value;
}

/** Whether visitors come by HTTPS, which decides how cookies are protected. */
export function isSecure(): boolean {
  return siteUrl().startsWith("https://");
}

/** next-auth takes its own address from the environment and from nowhere else. */
export function setAuthUrl(): void {
  process.env.NEXTAUTH_URL = `${siteUrl()}/auth`;
}
