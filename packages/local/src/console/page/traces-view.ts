import { h, place } from "./element.ts";
import { clock, count, duration } from "./format.ts";
import type { Store } from "./store.ts";
import { type Span, type TraceShape, traceShapes } from "./trace.ts";
import type { View } from "./view-part.ts";

const SHOWN_TRACES = 100;

/** What one request set going, across functions, as waterfalls. */
export const tracesView: View = {
  path: "traces",
  title: "Traces",
  open(store, chosen) {
    const body = h("div", {});
    const manyOnly = h("input", { type: "checkbox", onchange: update });
    const list = h("ol", { class: "calls", "aria-label": "Traces" });
    const empty = h("p", { class: "empty" });
    const rows = new Map<string, { readonly element: HTMLElement; shown: string }>();

    function update(): void {
      const traces = traceShapes(store.calls.values(), Date.now());
      if (chosen) {
        const trace = traces.find(({ traceId }) => traceId === chosen);
        const missing = "No kept call belongs to this trace.";
        body.replaceChildren(trace ? waterfall(store, trace) : h("p", { class: "empty" }, missing));
        return;
      }
      const shown = traces
        .filter(({ spans }) => !manyOnly.checked || spans.length > 1)
        .slice(0, SHOWN_TRACES);
      const elements = shown.map((trace) => {
        const facts = `${trace.spans.length} ${trace.elapsedMs}`;
        const known = rows.get(trace.traceId);
        if (known?.shown === facts) return known.element;
        const row = { element: known?.element ?? h("li", {}), shown: facts };
        row.element.replaceChildren(summary(store, trace));
        rows.set(trace.traceId, row);
        return row.element;
      });
      place(list, elements);
      empty.hidden = shown.length > 0;
      empty.textContent = "No trace yet. Open the app, and watch.";
    }

    if (!chosen) {
      body.append(
        h(
          "form",
          { class: "filter", onsubmit: (event: Event) => event.preventDefault() },
          h("label", { class: "check" }, manyOnly, "of several calls"),
        ),
        list,
        empty,
      );
    }
    const back = chosen ? h("a", { href: "#/traces" }, "All traces") : "What one request set going";
    const head = h("header", { class: "head" }, h("h1", {}, "Traces"), h("p", { class: "day" }, back));
    return { element: h("section", {}, head, body), update };
  },
};

function summary(store: Store, { traceId, startedAt, elapsedMs, spans }: TraceShape): HTMLElement {
  const names = [...new Set(spans.map(({ call }) => store.labelOf(call.functionName)))];
  const hasFailed = spans.some(({ call }) => call.outcome === "failed" || call.outcome === "refused");
  return h(
    "a",
    { class: "call is-link", href: `#/traces/${traceId}` },
    h("span", { class: hasFailed ? "state is-failed" : "state" }),
    h("time", {}, clock(startedAt)),
    h(
      "span",
      { class: "call-name" },
      h("b", {}, spans[0]?.call.trigger),
      h("span", { class: "call-trigger" }, names.join(" → ")),
    ),
    h(
      "span",
      { class: "chips" },
      h("span", { class: "chip" }, spans.length === 1 ? "1 call" : `${count(spans.length)} calls`),
    ),
    h("span", { class: "call-figure" }, duration(elapsedMs)),
  );
}

function waterfall(store: Store, { traceId, startedAt, elapsedMs, spans }: TraceShape): HTMLElement {
  return h(
    "div",
    {},
    h("p", { class: "quiet" }, `${traceId} · ${clock(startedAt)} · ${duration(elapsedMs)}`),
    h("ol", { class: "waterfall" }, ...spans.map((span) => spanRow(store, span, Math.max(1, elapsedMs)))),
    h(
      "p",
      { class: "quiet" },
      "The light part of a bar is the wait for an execution environment and, at a cold start, its load.",
    ),
  );
}

function spanRow(store: Store, { call, depth, offsetMs, elapsedMs }: Span, wholeMs: number): HTMLElement {
  const bar = h("span", { class: call.outcome === "failed" ? "span-bar is-failed" : "span-bar" });
  const work = h("span", { class: "span-work" });
  bar.append(work);
  bar.style.insetInlineStart = `${(offsetMs / wholeMs) * 100}%`;
  bar.style.inlineSize = `max(2px, ${(elapsedMs / wholeMs) * 100}%)`;
  work.style.inlineSize = `${elapsedMs > 0 ? Math.min(1, (call.durationMs ?? elapsedMs) / elapsedMs) * 100 : 100}%`;
  const name = h(
    "span",
    { class: "span-name" },
    h("b", {}, store.labelOf(call.functionName)),
    h("span", { class: "sub" }, call.trigger),
  );
  name.style.paddingInlineStart = `${depth}rem`;
  return h(
    "li",
    { class: "span" },
    name,
    h("span", { class: "span-track", "aria-hidden": "true" }, bar),
    h("span", { class: "span-time" }, `+${duration(offsetMs)}, ${duration(elapsedMs)}`),
  );
}
