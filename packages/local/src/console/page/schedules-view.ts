import type { ScheduleView } from "../view.ts";
import { h } from "./element.ts";
import { clock, day, span } from "./format.ts";
import { ask, order } from "./server.ts";
import type { View } from "./view-part.ts";

const COUNT_DOWN_MS = 1_000;
/** Someone else may have run one in between; its time may have come. */
const READ_MS = 10_000;

/** Schedules, when they run next, and running one now. */
export const schedulesView: View = {
  path: "schedules",
  title: "Schedules",
  open(store) {
    const list = h("div", { class: "cards" });
    const said = h("p", { class: "said", role: "status" });
    const cards = new Map<string, ReturnType<typeof createCard>>();

    async function read(): Promise<void> {
      try {
        const schedules = await ask<ScheduleView[]>("schedules");
        for (const schedule of schedules) {
          const card = cards.get(schedule.name) ?? createCard(schedule, store.labelOf(schedule.target), said);
          if (!cards.has(schedule.name)) list.append(card.element);
          cards.set(schedule.name, card);
          card.update(schedule);
        }
        if (schedules.length === 0) said.textContent = "The program declares no schedule.";
      } catch (error) {
        said.textContent = (error as Error).message;
      }
    }

    void read();
    const reading = setInterval(() => void read(), READ_MS);
    const counting = setInterval(() => {
      for (const card of cards.values()) card.countDown();
    }, COUNT_DOWN_MS);
    return {
      element: h("section", {}, h("header", { class: "head" }, h("h1", {}, "Schedules")), list, said),
      update() {},
      close() {
        clearInterval(reading);
        clearInterval(counting);
      },
    };
  },
};

function createCard({ name, expression, timeZone }: ScheduleView, target: string, said: HTMLElement) {
  const next = h("p", { class: "depth" });
  let known: number | undefined;
  const button = h("button", { class: "button", onclick: () => void run() }, "Run now");

  async function run(): Promise<void> {
    button.disabled = true;
    try {
      await order(`schedules/${encodeURIComponent(name)}/run`);
      said.textContent = `${target} was called.`;
    } catch (error) {
      said.textContent = (error as Error).message;
    }
    button.disabled = false;
  }

  function countDown(): void {
    if (known === undefined) next.textContent = "not again";
    else {
      next.title = `${day(known)} ${clock(known)}`;
      next.replaceChildren("in ", h("b", {}, span(Math.max(0, known - Date.now()))));
    }
  }

  return {
    element: h(
      "article",
      { class: "card" },
      h("h3", {}, target),
      next,
      h("p", { class: "quiet" }, h("code", {}, expression), ` · ${timeZone}`),
      h("div", { class: "actions" }, button),
    ),
    countDown,
    update({ nextAt }: ScheduleView) {
      known = nextAt;
      countDown();
    },
  };
}
