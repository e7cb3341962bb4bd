import type { RowsView, RowView, TableView } from "../view.ts";
import { h } from "./element.ts";
import { ask } from "./server.ts";
import type { View } from "./view-part.ts";

/** Rows by partition, or page by page. */
export const tablesView: View = {
  path: "tables",
  title: "Tables",
  open() {
    const body = h("div", {});
    ask<TableView[]>("tables").then(
      (tables) =>
        body.replaceChildren(
          tables.length > 0 ? browser(tables) : h("p", { class: "empty" }, "There is no table."),
        ),
      (error: Error) => body.replaceChildren(h("p", { class: "note", role: "alert" }, error.message)),
    );
    const head = h("header", { class: "head" }, h("h1", {}, "Tables"));
    return { element: h("section", {}, head, body), update() {} };
  },
};

function browser(tables: readonly TableView[]): HTMLElement {
  const table = h(
    "select",
    { class: "select", onchange: chooseTable },
    ...tables.map(({ name, label }) => h("option", { value: name }, label)),
  );
  const index = h("select", { class: "select", onchange: () => void read() });
  const entity = h(
    "select",
    { class: "select", onchange: () => void read() },
    h("option", { value: "" }, "every entity"),
  );
  const partition = h("input", { type: "search", autocomplete: "off" });
  const prefix = h("input", { type: "search", autocomplete: "off" });
  const rows = h("ol", { class: "rows" });
  const said = h("p", { class: "quiet", role: "status" });
  const more = h(
    "button",
    { class: "button", type: "button", hidden: true, onclick: () => void read(cursor) },
    "More",
  );
  const entities = new Set<string>();
  let cursor: string | undefined;
  /** An answer that comes after the next question is out of date. */
  let asked = 0;

  function chooseTable(): void {
    const { indexes = [] } = tables.find(({ name }) => name === table.value) ?? {};
    index.replaceChildren(
      ...indexes.map(({ name, partition: hash, sort }) =>
        h(
          "option",
          { value: name ?? "" },
          `${name ?? "the table itself"} (${[hash, sort].filter(Boolean).join(", ")})`,
        ),
      ),
    );
    entities.clear();
    entity.replaceChildren(h("option", { value: "" }, "every entity"));
    void read();
  }

  async function read(from?: string): Promise<void> {
    const mine = ++asked;
    const query = new URLSearchParams({
      index: index.value,
      partition: partition.value,
      prefix: prefix.value,
      entity: entity.value,
      ...(from ? { cursor: from } : {}),
    });
    try {
      const answer = await ask<RowsView>(`tables/${encodeURIComponent(table.value)}/rows?${query}`);
      if (mine !== asked) return;
      if (!from) rows.replaceChildren();
      rows.append(...answer.rows.map((row) => rowOf(row, showPartition)));
      for (const name of answer.entities) {
        if (!entities.has(name)) entity.append(h("option", { value: name }, name));
        entities.add(name);
      }
      cursor = answer.cursor;
      more.hidden = cursor === undefined;
      said.textContent = `${rows.children.length} shown${cursor ? ", and there are more" : ""}.`;
    } catch (error) {
      said.textContent = (error as Error).message;
    }
  }

  function showPartition(value: string): void {
    partition.value = value;
    prefix.value = "";
    void read();
    partition.focus();
  }

  chooseTable();
  const field = (name: string, control: HTMLElement) =>
    h("label", { class: "field is-named" }, h("span", {}, name), control);
  return h(
    "div",
    {},
    h(
      "form",
      {
        class: "filter",
        onsubmit: (event: Event) => {
          event.preventDefault();
          void read();
        },
      },
      field("Table", table),
      field("Index", index),
      field("Partition", partition),
      field("Sort key begins with", prefix),
      field("Entity", entity),
      h("button", { class: "button is-main", type: "submit" }, "Look"),
    ),
    said,
    rows,
    h("div", { class: "actions" }, more),
  );
}

function rowOf(
  { entity, partition, sort, attributes }: RowView,
  showPartition: (value: string) => void,
): HTMLElement {
  return h(
    "li",
    {},
    h(
      "details",
      {},
      h(
        "summary",
        {},
        entity && h("span", { class: "chip is-cold" }, entity),
        " ",
        h("code", {}, partition),
        sort && h("code", { class: "quiet" }, ` ${sort}`),
      ),
      h("pre", { tabindex: 0, "aria-label": "Attributes" }, JSON.stringify(attributes, null, 2)),
      h(
        "button",
        { class: "button", type: "button", onclick: () => showPartition(partition) },
        "The whole partition",
      ),
    ),
  );
}
