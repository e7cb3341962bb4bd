import type { Change, TodoChange } from "@haru/core/todo/mutation.contract";
import type { Todo, TodoField, TodoPatch } from "@haru/core/todo/todo.contract";

/** What takes a change of a todo back, told from the todo as it was before. */
export function backOf(todo: Todo, change: TodoChange): readonly Change[] {
  const place = { listId: todo.listId, todoId: todo.todoId };
  switch (change.name) {
    case "todo.create":
    case "todo.restore":
      return [{ name: "todo.delete", args: place }];
    case "todo.delete":
      return [{ name: "todo.restore", args: place }];
    case "todo.update": {
      const fields = Object.keys(change.args.patch) as TodoField[];
      return [{ name: "todo.update", args: { ...place, patch: valuesOf(todo, fields) } }];
    }
    case "todo.move": {
      const { toListId } = change.args;
      const there = { listId: toListId, todoId: todo.todoId };
      const { position, parentId } = todo;
      const back: Change = { name: "todo.move", args: { ...there, toListId: todo.listId, position } };
      // In another list it was nobody's step.
      return parentId ? [back, { name: "todo.update", args: { ...place, patch: { parentId } } }] : [back];
    }
  }
}

function valuesOf(todo: Todo, fields: readonly TodoField[]): TodoPatch {
  return Object.fromEntries(fields.map((field) => [field, todo[field] ?? absent(field)]));
}

/** A field that is absent cannot be sent: its value says the same. */
function absent(field: TodoField): false | null {
  return field === "isArchived" ? false : null;
}
