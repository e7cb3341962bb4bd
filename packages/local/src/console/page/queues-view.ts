import type { MessageView, QueueView, RedriveOutcome } from "../view.ts";
import { h } from "./element.ts";
import { clock, count, span } from "./format.ts";
import { ask, order } from "./server.ts";
import type { View } from "./view-part.ts";

/** Depths of all queues; of those that hold failures, what lies in them, and the way back. */
export const queuesView: View = {
  path: "queues",
  title: "Queues",
  open(store) {
    const dead = h("div", { class: "cards" });
    const work = h("div", { class: "cards" });
    const cards = new Map<string, ReturnType<typeof createCard>>();
    const element = h(
      "section",
      {},
      h("header", { class: "head" }, h("h1", {}, "Queues")),
      h("h2", {}, "Work"),
      work,
      h("h2", {}, "What failed for good"),
      dead,
    );
    return {
      element,
      update() {
        for (const queue of store.queues) {
          const card = cards.get(queue.name) ?? createCard(queue);
          if (!cards.has(queue.name)) (queue.failuresOf.length > 0 ? dead : work).append(card.element);
          cards.set(queue.name, card);
          card.update(queue);
        }
      },
    };
  },
};

function createCard({ name, label, failuresOf }: QueueView) {
  const depth = h("p", { class: "depth" });
  const more = h("p", { class: "quiet" });
  const said = h("p", { class: "said", role: "status" });
  const messages = h("ol", { class: "messages" });
  const isForFailures = failuresOf.length > 0;
  const look = h("button", { class: "button", "aria-expanded": "false", onclick: toggle }, "Look inside");
  const again = h("button", { class: "button is-main", onclick: () => void redrive() }, "Redrive all");
  let isOpen = false;
  let shown = "";

  function toggle(): void {
    isOpen = !isOpen;
    look.setAttribute("aria-expanded", String(isOpen));
    look.textContent = isOpen ? "Close" : "Look inside";
    if (isOpen) void read();
    else messages.replaceChildren();
  }

  async function read(): Promise<void> {
    try {
      const list = await ask<MessageView[]>(`queues/${encodeURIComponent(name)}/messages`);
      if (isOpen) messages.replaceChildren(...list.map(message));
    } catch (error) {
      said.textContent = (error as Error).message;
    }
  }

  async function redrive(): Promise<void> {
    again.disabled = true;
    said.textContent = "Trying again …";
    try {
      const { handled, left } = await order<RedriveOutcome>(`queues/${encodeURIComponent(name)}/redrive`);
      said.textContent = [`${count(handled)} tried again, ${count(left.length)} left.`, ...left].join(" ");
    } catch (error) {
      said.textContent = (error as Error).message;
    }
    again.disabled = false;
    if (isOpen) await read();
  }

  return {
    element: h(
      "article",
      { class: isForFailures ? "card is-dead" : "card" },
      h("h3", {}, label),
      depth,
      more,
      h("div", { class: "actions" }, look, isForFailures && again),
      said,
      messages,
    ),
    update(queue: QueueView) {
      const text = JSON.stringify(queue);
      if (text === shown) return;
      shown = text;
      const all = queue.waiting + queue.inFlight + queue.delayed;
      depth.classList.toggle("is-bad", isForFailures && all > 0);
      depth.replaceChildren(h("b", {}, count(queue.waiting)), " waiting");
      const parts = [
        queue.inFlight > 0 && `${count(queue.inFlight)} in flight`,
        queue.delayed > 0 && `${count(queue.delayed)} delayed`,
        queue.oldestAt !== undefined && `oldest ${span(Date.now() - queue.oldestAt)}`,
        isForFailures && `from ${failuresOf.join(", ")}`,
      ];
      more.textContent = parts.filter(Boolean).join(" · ");
      again.disabled = all === 0;
      look.disabled = all === 0 && !isOpen;
      if (isOpen) void read();
    },
  };
}

function message({ id, body, sentAt, receiveCount, destination }: MessageView): HTMLElement {
  return h(
    "li",
    {},
    h(
      "p",
      { class: "quiet" },
      h("time", {}, clock(sentAt)),
      ` · received ${receiveCount} times · goes to ${destination}`,
    ),
    h("pre", { tabindex: 0, "aria-label": `Message ${id}` }, pretty(body)),
  );
}

function pretty(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text; // A queue may carry any text.
  }
}
