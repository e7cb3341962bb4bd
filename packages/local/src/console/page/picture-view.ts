import type { ConnectionView, PartKind, PictureView } from "../view.ts";
import { h, svg } from "./element.ts";
import { type Drawing, focusOn, groupParts, type Shape } from "./picture-group.ts";
import { type Layout, layOut, SHAPE_HEIGHT, SHAPE_WIDTH } from "./picture-layout.ts";
import { ask } from "./server.ts";
import type { View } from "./view-part.ts";

/** From so many on, the functions of one noun are drawn as one. */
const GROUPED_FROM = 24;

const KIND_NAMES: Readonly<Record<PartKind, string>> = {
  door: "front door",
  api: "API",
  schedule: "schedule",
  function: "function",
  table: "table",
  queue: "queue",
  failures: "dead letters",
  bucket: "bucket",
  people: "user pool",
  other: "service",
};

/** What calls what, as the program declares it. A part that is chosen stands with its neighbours alone. */
export const pictureView: View = {
  path: "picture",
  title: "Picture",
  open(_store, chosen) {
    const stage = h("div", {});
    const element = h(
      "section",
      {},
      h(
        "header",
        { class: "head" },
        h("h1", {}, "Picture"),
        h(
          "p",
          { class: "day" },
          chosen ? h("a", { href: "#/picture" }, "All of it") : "Choose a part to see its neighbours",
        ),
      ),
      stage,
    );
    ask<PictureView>("picture").then(
      (picture) => stage.replaceChildren(...draw(picture, chosen)),
      (error: Error) => stage.replaceChildren(h("p", { class: "note", role: "alert" }, error.message)),
    );
    return { element, update() {} };
  },
};

function draw(picture: PictureView, chosen: string | undefined): Node[] {
  const functions = picture.parts.filter(({ kind }) => kind === "function");
  const grouped = groupParts(picture, functions.length >= GROUPED_FROM);
  if (!chosen) return [picturePanel(layOut(grouped), undefined)];
  const group = grouped.shapes.find(({ id }) => id === chosen);
  if (group && group.members.length > 1)
    return [picturePanel(layOut(focusOnGroup(picture, group)), undefined)];
  const single = groupParts(picture, false);
  const shape = single.shapes.find(({ members }) => members.includes(group?.members[0] ?? chosen));
  if (!shape) return [h("p", { class: "note" }, "The program declares no such part.")];
  return [picturePanel(layOut(focusOn(single, shape.id)), shape), facts(single, shape)];
}

/** The members of a group apart, with what has to do with any of them. */
function focusOnGroup(picture: PictureView, { members }: Shape): Drawing {
  const single = groupParts(picture, false);
  const parts = members.map((id) => focusOn(single, id));
  const ids = new Set(parts.flatMap(({ shapes }) => shapes.map(({ id }) => id)));
  return {
    shapes: single.shapes.filter(({ id }) => ids.has(id)),
    connections: [...new Set(parts.flatMap(({ connections }) => connections))],
  };
}

function picturePanel(
  { width, height, shapes, connections }: Layout,
  chosen: Shape | undefined,
): HTMLElement {
  const lines = connections.map((one) => ({
    one,
    element: svg("path", { d: one.path, class: `wire is-${one.kind}` }),
  }));
  const boxes = shapes.map((shape) => {
    const box = h(
      "a",
      {
        class: `part is-${shape.kind}`,
        href: `#/picture/${encodeURIComponent(shape.id)}`,
        "aria-current": shape.id === chosen?.id ? "true" : undefined,
        onmouseenter: () => light(shape.id),
        onmouseleave: () => light(undefined),
        onfocus: () => light(shape.id),
        onblur: () => light(undefined),
      },
      h("b", { class: "part-name" }, shape.label),
      h(
        "span",
        { class: "part-kind" },
        shape.members.length > 1 ? `${shape.members.length} functions` : KIND_NAMES[shape.kind],
      ),
    );
    box.style.translate = `${shape.x}px ${shape.y}px`;
    box.style.inlineSize = `${SHAPE_WIDTH}px`;
    box.style.blockSize = `${SHAPE_HEIGHT}px`;
    return { id: shape.id, box };
  });

  function light(id: string | undefined): void {
    const near = new Set([id]);
    for (const { one, element } of lines) {
      const isNear = one.from === id || one.to === id;
      element.classList.toggle("is-lit", isNear);
      if (isNear) near.add(one.from).add(one.to);
    }
    for (const { id: own, box } of boxes) box.classList.toggle("is-dim", id !== undefined && !near.has(own));
  }

  const canvas = h(
    "div",
    { class: "canvas" },
    svg(
      "svg",
      { width, height, viewBox: `0 0 ${width} ${height}`, "aria-hidden": "true" },
      ...lines.map(({ element }) => element),
    ),
    ...boxes.map(({ box }) => box),
  );
  canvas.style.inlineSize = `${width}px`;
  canvas.style.blockSize = `${height}px`;
  const name = chosen ? `${chosen.label} and its neighbours` : "All parts";
  return h("div", { class: "scroller picture", role: "region", tabindex: 0, "aria-label": name }, canvas);
}

/** The same in words. */
function facts({ shapes, connections }: Drawing, shape: Shape): HTMLElement {
  const labels = new Map(shapes.map(({ id, label }) => [id, label]));
  const list = (title: string, found: readonly ConnectionView[], other: "from" | "to") =>
    found.length > 0 &&
    h(
      "div",
      {},
      h("h2", {}, title),
      h(
        "ul",
        { class: "links" },
        ...found.map((one) =>
          h(
            "li",
            {},
            h("a", { href: `#/picture/${encodeURIComponent(one[other])}` }, labels.get(one[other])),
            one.by.length > 0 && h("span", { class: "sub" }, one.by.join(", ")),
          ),
        ),
      ),
    );
  const out = (kind: ConnectionView["kind"]) =>
    connections.filter((one) => one.from === shape.id && one.kind === kind);
  const into = (kinds: readonly ConnectionView["kind"][]) =>
    connections.filter((one) => one.to === shape.id && kinds.includes(one.kind));
  return h(
    "div",
    { class: "neighbours" },
    h(
      "p",
      {},
      h("b", {}, shape.label),
      ` is a ${KIND_NAMES[shape.kind]}`,
      shape.declaredAt ? `, declared at ${shape.declaredAt}.` : ".",
    ),
    list("Called by", into(["calls"]), "from"),
    list("Used by", into(["reads", "writes"]), "from"),
    list("Takes the failures of", into(["fails"]), "from"),
    list("Calls", out("calls"), "to"),
    list("Reads", out("reads"), "to"),
    list("Writes", out("writes"), "to"),
    list("Leaves what fails to", out("fails"), "to"),
  );
}
