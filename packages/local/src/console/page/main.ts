import { callsView } from "./calls-view.ts";
import { h } from "./element.ts";
import { functionsView } from "./functions-view.ts";
import { pictureView } from "./picture-view.ts";
import { queuesView } from "./queues-view.ts";
import { schedulesView } from "./schedules-view.ts";
import { openStore, type Store } from "./store.ts";
import { tablesView } from "./tables-view.ts";
import { tracesView } from "./traces-view.ts";
import type { View, ViewPart } from "./view-part.ts";

const VIEWS: readonly View[] = [
  callsView,
  tracesView,
  pictureView,
  functionsView,
  queuesView,
  tablesView,
  schedulesView,
];

/** The hour moves the line of light at the top. */
const LIGHT_MS = 60_000;

const find = (id: string) => document.getElementById(id) as HTMLElement;

function showLight(): void {
  const now = new Date();
  document.documentElement.style.setProperty("--hour", String(now.getHours() + now.getMinutes() / 60));
}

function show(store: Store): ViewPart {
  const [path = "", argument] = location.hash.replace(/^#\/?/, "").split("/");
  const view = VIEWS.find((one) => one.path === path) ?? callsView;
  for (const link of document.querySelectorAll("#views a")) {
    const isCurrent = link.getAttribute("href") === `#/${view.path}`;
    if (isCurrent) {
      link.setAttribute("aria-current", "page");
      link.scrollIntoView({ block: "nearest", inline: "nearest" });
    } else link.removeAttribute("aria-current");
  }
  document.title = `${view.title} · ${store.cloud.app}`;
  const part = view.open(store, argument && decodeURIComponent(argument));
  find("main").replaceChildren(part.element);
  part.update();
  return part;
}

function showState({ isConnected, queues }: Store): void {
  const live = find("live");
  const text = isConnected ? "Live" : "The cloud does not answer. Waiting for it …";
  if (live.textContent !== text) live.textContent = text;
  live.classList.toggle("is-away", !isConnected);
  const dead = queues.filter(({ failuresOf }) => failuresOf.length > 0);
  const letters = dead.reduce((sum, { waiting, inFlight }) => sum + waiting + inFlight, 0);
  const badge = document.querySelector<HTMLElement>(`#views a[href="#/queues"] .badge`);
  if (!badge) return;
  badge.hidden = letters === 0;
  badge.textContent = String(letters);
  badge.title = `${letters} in dead-letter queues`;
}

async function main(): Promise<void> {
  showLight();
  setInterval(showLight, LIGHT_MS);
  const store = await openStore();
  find("app").textContent = store.cloud.app;
  find("stage").textContent = store.cloud.stage;
  find("views").append(
    ...VIEWS.map(({ path, title }) =>
      h("a", { href: `#/${path}` }, title, path === "queues" && h("span", { class: "badge", hidden: true })),
    ),
    h("a", { href: store.cloud.mailboxUrl, class: "outward" }, "Mail"),
  );
  let part = show(store);
  addEventListener("hashchange", () => {
    part.close?.();
    part = show(store);
    // A new view begins at its top, below the bar; the focus alone would push the bar out of sight.
    scrollTo(0, 0);
    find("main").focus({ preventScroll: true });
  });
  store.onChange(() => {
    showState(store);
    part.update();
  });
}

main().catch((error: Error) => {
  find("main").replaceChildren(h("p", { class: "note", role: "alert" }, error.message));
});
