import type { FunctionTotals, FunctionView } from "../view.ts";
import { h } from "./element.ts";
import { count, dollars, duration, megabytes } from "./format.ts";
import type { View } from "./view-part.ts";

const COLUMNS = [
  "Function",
  "Calls",
  "Failed",
  "Cold",
  "Half within",
  "99 % within",
  "Init",
  "Memory",
  "A million cost",
];

/** What all calls of each function came to. */
export const functionsView: View = {
  path: "functions",
  title: "Functions",
  open(store) {
    const body = h("tbody");
    const element = h(
      "section",
      {},
      h(
        "header",
        { class: "head" },
        h("h1", {}, "Functions"),
        h("p", { class: "day" }, `${count(store.cloud.functions.length)} declared, since the start`),
      ),
      h(
        "div",
        { class: "scroller", tabindex: 0, role: "region", "aria-label": "Functions and their figures" },
        h(
          "table",
          { class: "table" },
          h("thead", {}, h("tr", {}, ...COLUMNS.map((name) => h("th", { scope: "col" }, name)))),
          body,
        ),
      ),
      h(
        "p",
        { class: "quiet" },
        "Price: Lambda’s list price in us-east-1 for one million calls like those so far, measured on this machine.",
      ),
    );
    return {
      element,
      update() {
        const totals = new Map(store.totals.map((one) => [one.functionName, one]));
        const callsOf = ({ name }: FunctionView) => totals.get(name)?.calls ?? 0;
        const sorted = store.cloud.functions.toSorted(
          (a, b) => callsOf(b) - callsOf(a) || a.label.localeCompare(b.label),
        );
        body.replaceChildren(...sorted.map((one) => row(one, totals.get(one.name))));
      },
    };
  },
};

function row(declared: FunctionView, totals: FunctionTotals | undefined): HTMLElement {
  const { label, source, memoryMegabytes } = declared;
  const name = h("th", { scope: "row" }, label, h("span", { class: "sub" }, source ?? "bundled"));
  if (!totals) {
    return h("tr", { class: "is-idle" }, name, h("td", {}, "0"), ...Array.from({ length: 7 }, () => h("td")));
  }
  const failed = totals.failed + totals.refused;
  return h(
    "tr",
    {},
    name,
    h("td", {}, count(totals.calls)),
    h("td", { class: failed > 0 ? "is-bad" : undefined }, count(failed)),
    h("td", {}, count(totals.coldStarts)),
    h("td", {}, duration(totals.p50Ms)),
    h("td", {}, duration(totals.p99Ms)),
    h("td", {}, totals.initMs > 0 ? duration(totals.initMs) : ""),
    h("td", {}, `${megabytes(totals.memoryBytes)} of ${memoryMegabytes}`),
    h("td", {}, totals.calls > 0 ? dollars((totals.dollars / totals.calls) * 1_000_000) : ""),
  );
}
