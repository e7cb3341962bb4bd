import type { ListId, TodoId } from "../src/id.ts";
import type { Change } from "../src/todo/mutation.contract.ts";
import { emptyContent, type TodoPatch } from "../src/todo/todo.contract.ts";

/** What the network does to one request. `interrupted`: others act between its reads and its write. */
export type Fate =
  | "arrives"
  | "request lost"
  | "answer lost"
  | "twice"
  | "late"
  | "answer late"
  | "interrupted";

export interface Edit {
  readonly do: "create" | "update" | "toggle" | "delete" | "restore" | "move";
  readonly device: number;
  readonly todo: number;
  readonly value: number;
}

export type Step =
  | Edit
  | { readonly do: "push"; readonly device: number; readonly fate: Fate; readonly by: number }
  /** `isCut`: the answer holds one change of each list, as if the others did not fit. */
  | {
      readonly do: "pull";
      readonly device: number;
      readonly fate: Fate;
      readonly by: number;
      readonly isCut: boolean;
    }
  | { readonly do: "deliver"; readonly which: number }
  | { readonly do: "crash"; readonly device: number }
  | { readonly do: "reinstall"; readonly device: number }
  | { readonly do: "truncate"; readonly list: number; readonly keep: number }
  | { readonly do: "revoke" | "readmit" }
  | { readonly do: "skew"; readonly device: number; readonly hours: number };

/** What an edit finds where it is made. */
interface Surroundings {
  readonly listId: ListId;
  readonly otherListId: ListId;
  /** Absent where the device sees no todo. */
  readonly todoId: TodoId | undefined;
  readonly newTodoId: TodoId;
  /** A title that nothing else has. */
  readonly title: string;
}

/** The change that a step makes; nothing where it would change a todo and there is none. */
export function changeOf(step: Edit, around: Surroundings): Change | undefined {
  const { listId, otherListId: toListId, todoId, newTodoId, title } = around;
  if (step.do === "create") {
    const args = { listId, todoId: newTodoId, content: emptyContent(title, "V") };
    return { name: "todo.create", args };
  }
  if (!todoId) return undefined;
  const place = { listId, todoId };
  switch (step.do) {
    case "delete":
      return { name: "todo.delete", args: place };
    case "restore":
      return { name: "todo.restore", args: place };
    case "move":
      return { name: "todo.move", args: { ...place, toListId, position: "V" } };
    default:
      return { name: "todo.update", args: { ...place, patch: patchOf(step, title) } };
  }
}

function patchOf({ do: kind, value }: Edit, title: string): TodoPatch {
  if (kind === "toggle") return { isDone: value % 3 === 0 };
  return value % 3 === 0 ? { title } : { priority: value % 4 };
}
