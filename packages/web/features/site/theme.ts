/** The choices of the person; `system` follows the device and is not stored. */
export const themes = ["system", "light", "dark"] as const;
export type Theme = (typeof themes)[number];

/** Read by a script before the first paint and by the server for app pages; it holds nothing personal. */
export const themeCookie = "theme";

const oneYearSeconds = 31_536_000;

/** The theme that a `Cookie` header or `document.cookie` asks for. */
export function readTheme(cookies: string): Theme {
  const value = /(?:^|;\s*)theme=(light|dark)(?:;|$)/.exec(cookies)?.[1];
  return value === "light" || value === "dark" ? value : "system";
}

/** What to assign to `document.cookie`, so that the choice holds on every page. */
export function themeCookieOf(theme: Theme): string {
  const maxAge = theme === "system" ? 0 : oneYearSeconds;
  return `${themeCookie}=${theme === "system" ? "" : theme}; Path=/; Max-Age=${maxAge}; SameSite=Lax`;
}
