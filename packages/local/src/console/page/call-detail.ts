import type { CallDetail, CallView, LogLine } from "../view.ts";
import { h } from "./element.ts";
import { clock, duration, megabytes } from "./format.ts";
import { ask } from "./server.ts";
import type { Store } from "./store.ts";

/** What a call did, with its log, which is read anew whenever the call has changed. */
export function openCallDetail(store: Store, call: CallView): { element: HTMLElement; update(): void } {
  const element = h("div", { class: "detail" });
  let shown: CallView | undefined;

  function update(): void {
    const now = store.calls.get(call.id) ?? call;
    if (now === shown) return;
    shown = now;
    ask<CallDetail>(`calls/${call.id}`).then(
      (detail) => element.replaceChildren(facts(store, detail), log(detail)),
      (error: Error) => element.replaceChildren(h("p", { class: "note" }, error.message)),
    );
  }
  update();
  return { element, update };
}

function facts(store: Store, call: CallDetail): HTMLElement {
  const declared = store.cloud.functions.find(({ name }) => name === call.functionName);
  const rows: readonly (readonly [string, string | HTMLElement | undefined])[] = [
    ["Function", declared?.source ?? call.functionName],
    ["Declared", declared?.declaredAt],
    ["Duration", call.durationMs === undefined ? undefined : duration(call.durationMs)],
    ["Billed", call.billedMs === undefined ? undefined : `${call.billedMs} ms`],
    ["Cold start", call.initMs === undefined ? undefined : duration(call.initMs)],
    [
      "Memory",
      call.memoryBytes === undefined
        ? undefined
        : `${megabytes(call.memoryBytes)} of ${declared?.memoryMegabytes ?? "?"} MB`,
    ],
    ["Request", call.requestId],
    ["Trace", h("a", { href: `#/traces/${call.traceId}` }, call.traceId)],
  ];
  return h(
    "dl",
    { class: "facts" },
    ...rows
      .filter(([, value]) => value !== undefined)
      .map(([name, value]) => h("div", {}, h("dt", {}, name), h("dd", {}, value))),
  );
}

function log({ logs, error, outcome }: CallDetail): HTMLElement {
  if (logs.length === 0) {
    const said = outcome === "running" ? "It has said nothing yet." : (error ?? "It said nothing.");
    return h("p", { class: "quiet" }, said);
  }
  return h("ol", { class: "log", tabindex: 0, "aria-label": "Log" }, ...logs.map(logLine));
}

/** Structured lines show their message first and the rest after it. */
function logLine({ at, level, text }: LogLine): HTMLElement {
  const structured = readJson(text);
  const { message, level: ownLevel, timestamp, ...rest } = structured ?? { message: text };
  const shown = String(ownLevel ?? level).toLowerCase();
  const more = Object.entries(rest).map(([name, value]) =>
    h("span", {}, h("b", {}, name), " ", typeof value === "object" ? JSON.stringify(value) : String(value)),
  );
  return h(
    "li",
    { class: `line is-${shown}` },
    h("time", {}, clock(at)),
    h("span", { class: "line-level" }, shown),
    h("span", { class: "line-text" }, String(message)),
    more.length > 0 && h("span", { class: "line-more" }, ...more),
  );
}

function readJson(text: string): Record<string, unknown> | undefined {
  if (!text.startsWith("{")) return undefined;
  try {
    const value = JSON.parse(text);
    return typeof value?.message === "string" ? value : undefined;
  } catch {
    return undefined; // A text that only looks like JSON.
  }
}
