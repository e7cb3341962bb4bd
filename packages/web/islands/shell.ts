import { readSession, signOut } from "../features/account/session-client.ts";
import { readTheme, type Theme, themeCookieOf } from "../features/site/theme.ts";
import { forgetTodos, hasUnsentChanges } from "../features/todo/store/forget.ts";
import { startSearchKeys } from "./search-keys.ts";

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

function showTheme(menu: Element): void {
  const theme = readTheme(document.cookie);
  for (const radio of menu.querySelectorAll("input")) radio.checked = radio.value === theme;
}

/** The name is asked for when the menu opens, so that reading costs no request. */
async function showName(menu: Element): Promise<void> {
  const name = menu.querySelector<HTMLElement>("[data-account-name]");
  if (!name || name.dataset.known !== undefined) return;
  const session = await readSession().catch(() => undefined);
  if (!session?.signedIn) return;
  name.textContent = session.displayName;
  name.dataset.known = "";
}

async function leave(button: HTMLButtonElement): Promise<void> {
  const failed = button.parentElement?.querySelector<HTMLElement>("[data-sign-out-failed]");
  if ((await hasUnsentChanges()) && !confirm(button.dataset.unsent)) return;
  button.disabled = true;
  try {
    await signOut();
    await forgetTodos();
    location.reload();
  } catch {
    button.disabled = false;
    if (failed) failed.hidden = false;
  }
}

/** People come back to where they were; the account pages themselves are no place to come back to. */
function rememberPlace(link: HTMLAnchorElement): void {
  const { pathname, search } = location;
  const isAccountPage = /\/(?:sign-in|sign-up|confirm|forgot-password)$/.test(pathname);
  if (!isAccountPage) link.search = `?${new URLSearchParams({ next: pathname + search })}`;
}

/**
 * Gives life to the bar at the top. It listens on the document and touches an element only when
 * it is used, since on application pages the elements are React's.
 */
export function startShell(): void {
  document.addEventListener("change", ({ target }) => {
    if (target instanceof HTMLInputElement && target.name === "theme") applyTheme(target.value as Theme);
  });
  document.addEventListener("click", ({ target }) => {
    if (!(target instanceof Element)) return;
    const link = target.closest<HTMLAnchorElement>("[data-sign-in]");
    const button = target.closest<HTMLButtonElement>("[data-sign-out]");
    if (link) rememberPlace(link);
    if (button) leave(button);
  });
  // This event does not bubble, but it is captured on its way.
  document.addEventListener(
    "beforetoggle",
    (event) => {
      const { target, newState } = event as ToggleEvent;
      if (newState !== "open" || !(target instanceof Element)) return;
      if (target.id === "theme-menu") showTheme(target);
      if (target.id === "account-menu") showName(target);
    },
    true,
  );
  startSearchKeys();
  setInterval(moveLight, lightEveryMilliseconds);
}
