import type { Due } from "./todo.contract.ts";

/** The moment of a day with an hour; undefined without one, in a zone that nobody knows, or in a year of long ago. */
export function momentOf({ date, time, timeZone }: Due): Date | undefined {
  if (time === null) return undefined;
  const wanted = Date.parse(`${date}T${time}:00Z`);
  let moment = wanted;
  try {
    // The first guess may lie on the other side of a change of clocks. Of two such moments it is one, and where
    // clocks leave the hour out a near one.
    for (let guess = 0; guess < 2; guess++) moment += wanted - shownAt(moment, timeZone);
  } catch {
    return undefined; // RangeError: the zone's name is what some device called it.
  }
  return Number.isNaN(moment) ? undefined : new Date(moment);
}

/** What clocks of a zone show, read as if it were UTC. */
function shownAt(moment: number, timeZone: string): number {
  const shown = new Intl.DateTimeFormat("sv-SE", {
    timeZone,
    dateStyle: "short",
    timeStyle: "medium",
  }).format(moment);
  return Date.parse(`${shown.replace(" ", "T")}Z`);
}
