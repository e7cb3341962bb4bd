import type { CallView, FunctionTotals } from "../view.ts";
import { openCallDetail } from "./call-detail.ts";
import { h, place } from "./element.ts";
import { clock, count, day, dollars, duration, megabytes } from "./format.ts";
import type { Store } from "./store.ts";
import type { View } from "./view-part.ts";

/** More rows would make the page slow and nobody reads them: the filter finds the others. */
const SHOWN_CALLS = 150;
/** A bar this long is full. The scale is logarithmic, from a tenth of a millisecond on. */
const FULL_BAR_MS = 10_000;

interface Row {
  readonly element: HTMLElement;
  update(call: CallView): void;
}

/** Calls as they come, with what they said. */
export const callsView: View = {
  path: "",
  title: "Calls",
  open(store) {
    const figures = h("dl", { class: "figures" });
    const text = h("input", { type: "search", placeholder: "Function, route, trace …", oninput: update });
    const failedOnly = h("input", { type: "checkbox", onchange: update });
    const coldOnly = h("input", { type: "checkbox", onchange: update });
    const list = h("ol", { class: "calls", "aria-label": "Calls" });
    const empty = h("p", { class: "empty" });
    const rows = new Map<number, Row>();

    function matches(call: CallView): boolean {
      if (failedOnly.checked && call.outcome !== "failed" && call.outcome !== "refused") return false;
      if (coldOnly.checked && call.initMs === undefined) return false;
      const words = text.value.toLowerCase().split(/\s+/).filter(Boolean);
      const haystack = [store.labelOf(call.functionName), call.trigger, call.traceId, call.requestId]
        .join(" ")
        .toLowerCase();
      return words.every((word) => haystack.includes(word));
    }

    function update(): void {
      figures.replaceChildren(...summary(store.totals));
      const shown = [...store.calls.values()].reverse().filter(matches).slice(0, SHOWN_CALLS);
      const ids = new Set(shown.map(({ id }) => id));
      for (const id of rows.keys()) if (!ids.has(id)) rows.delete(id);
      const elements = shown.map((call) => {
        const row = rows.get(call.id) ?? createRow(store, call);
        rows.set(call.id, row);
        row.update(call);
        return row.element;
      });
      place(list, elements);
      empty.hidden = shown.length > 0;
      empty.textContent =
        store.calls.size === 0
          ? "Nothing was called yet. Open the app, and watch."
          : "No call fits the filter.";
    }

    const element = h(
      "section",
      {},
      h("header", { class: "head" }, h("h1", {}, "Calls"), h("p", { class: "day" }, day(Date.now()))),
      figures,
      h(
        "form",
        { class: "filter", role: "search", onsubmit: (event: Event) => event.preventDefault() },
        h("label", { class: "field" }, h("span", { class: "visually-hidden" }, "Filter"), text),
        h("label", { class: "check" }, failedOnly, "failed"),
        h("label", { class: "check" }, coldOnly, "cold starts"),
      ),
      list,
      empty,
    );
    return { element, update };
  },
};

function summary(totals: readonly FunctionTotals[]): HTMLElement[] {
  const sum = (read: (one: FunctionTotals) => number) => totals.reduce((all, one) => all + read(one), 0);
  const calls = sum((one) => one.calls);
  const failed = sum((one) => one.failed + one.refused);
  const figure = (name: string, value: string, isBad = false) =>
    h("div", {}, h("dt", {}, name), h("dd", { class: isBad ? "is-bad" : undefined }, value));
  return [
    figure("calls", count(calls)),
    figure("failed", count(failed), failed > 0),
    figure("cold starts", count(sum((one) => one.coldStarts))),
    figure("billed", duration(sum((one) => one.billedMs))),
    figure("Lambda’s price", dollars(sum((one) => one.dollars))),
  ];
}

function createRow(store: Store, call: CallView): Row {
  const place = h("div", { id: `call-${call.id}`, hidden: true });
  let detail: ReturnType<typeof openCallDetail> | undefined;
  let shown: CallView | undefined;
  const state = h("span", { class: "state" });
  const chips = h("span", { class: "chips" });
  const time = h("span", { class: "call-time" });
  const bar = h("span", { class: "bar-fill" });
  const button = h(
    "button",
    { class: "call", "aria-expanded": "false", "aria-controls": place.id, onclick: toggle },
    state,
    h("time", {}, clock(call.startedAt)),
    h(
      "span",
      { class: "call-name" },
      h("b", {}, store.labelOf(call.functionName)),
      h("span", { class: "call-trigger" }, call.trigger),
    ),
    chips,
    h("span", { class: "call-figure" }, time, h("span", { class: "bar-track", "aria-hidden": "true" }, bar)),
  );

  function toggle(): void {
    place.hidden = !place.hidden;
    button.setAttribute("aria-expanded", String(!place.hidden));
    detail = place.hidden ? undefined : openCallDetail(store, call);
    place.replaceChildren(...(detail ? [detail.element] : []));
  }

  return {
    element: h("li", {}, button, place),
    update(now) {
      detail?.update();
      if (now === shown) return;
      shown = now;
      state.className = `state is-${now.outcome}`;
      state.replaceChildren(h("span", { class: "visually-hidden" }, now.outcome));
      chips.replaceChildren(...chipsOf(now));
      time.textContent = now.durationMs === undefined ? "…" : duration(now.durationMs);
      bar.style.inlineSize = `${barPercent(now.durationMs ?? 0)}%`;
    },
  };
}

function chipsOf({ initMs, error, memoryBytes, lines }: CallView): HTMLElement[] {
  const chip = (text: string, kind = "") => h("span", { class: `chip ${kind}` }, text);
  return [
    ...(error ? [chip(error, "is-bad is-long")] : []),
    ...(initMs === undefined ? [] : [chip(`cold ${duration(initMs)}`, "is-cold")]),
    ...(lines > 0 ? [chip(lines === 1 ? "1 line" : `${lines} lines`)] : []),
    ...(memoryBytes === undefined ? [] : [chip(megabytes(memoryBytes))]),
  ];
}

function barPercent(milliseconds: number): number {
  if (milliseconds <= 0) return 0;
  const part = Math.log10(milliseconds * 10) / Math.log10(FULL_BAR_MS * 10);
  return Math.round(Math.min(1, Math.max(0.02, part)) * 100);
}
