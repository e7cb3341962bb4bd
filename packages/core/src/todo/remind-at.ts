import { momentOf } from "./due-moment.ts";
import type { Todo } from "./todo.contract.ts";

/** When people are to be reminded of a todo, ISO 8601 in UTC; undefined when they are not. */
export function remindAtOf(todo: Todo): string | undefined {
  const { due, isDone, deletedAt, remindMinutesBefore } = todo;
  if (!due || isDone || deletedAt || typeof remindMinutesBefore !== "number") return undefined;
  const moment = momentOf(due);
  return moment && new Date(moment.getTime() - remindMinutesBefore * 60_000).toISOString();
}
