import { readSession, signOut } from "../features/account/session-client.ts";
import { readTheme, type Theme, themeCookieOf } from "../features/site/theme.ts";

const hourMilliseconds = 3_600_000;
const lightEveryMilliseconds = 300_000;

function applyTheme(theme: Theme): void {
  if (theme === "system") delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme;
  // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is asynchronous and not everywhere.
  document.cookie = themeCookieOf(theme);
}

function moveLight(): void {
  const now = new Date();
  const midnight = new Date(now.getFullYear(), now.getMonth(), now.getDate());
  const hour = (now.getTime() - midnight.getTime()) / hourMilliseconds;
  document.documentElement.style.setProperty("--hour", hour.toFixed(2));
}

function startThemeMenu(): void {
  const radios = document.querySelectorAll<HTMLInputElement>("#theme-menu input");
  for (const radio of radios) {
    radio.checked = radio.value === readTheme(document.cookie);
    radio.addEventListener("change", () => applyTheme(radio.value as Theme));
  }
}

function startAccountMenu(): void {
  const menu = document.getElementById("account-menu");
  const name = menu?.querySelector<HTMLElement>("[data-account-name]");
  const failed = menu?.querySelector<HTMLElement>("[data-sign-out-failed]");
  const button = menu?.querySelector<HTMLButtonElement>("[data-sign-out]");
  // The name is asked for when the menu opens, so that reading costs no request.
  menu?.addEventListener("beforetoggle", async (event) => {
    if (event.newState !== "open" || !name || name.dataset.known) return;
    const session = await readSession().catch(() => undefined);
    if (session?.signedIn) {
      name.textContent = session.displayName;
      name.dataset.known = "";
    }
  });
  button?.addEventListener("click", async () => {
    button.disabled = true;
    try {
      await signOut();
      location.reload();
    } catch {
      button.disabled = false;
      if (failed) failed.hidden = false;
    }
  });
}

/** People come back to where they were after signing in. */
function startSignInLink(): void {
  const link = document.querySelector<HTMLAnchorElement>("[data-sign-in]");
  if (link) link.search = `?${new URLSearchParams({ next: location.pathname })}`;
}

/** Gives life to the bar at the top. */
export function startShell(): void {
  startThemeMenu();
  startAccountMenu();
  startSignInLink();
  setInterval(moveLight, lightEveryMilliseconds);
}
