import * as z from "zod";
import { type ListContent, listContentSchema, type TodoContent, todoContentSchema } from "./todo.contract.ts";

/*
 * Todos as files: out of this app and into it. All of it runs in the browser, from the copy there, so
 * that it works without a network.
 */

/** What of a todo a file holds, beside its steps. Where it stands in its list follows from its place in the file. */
export type FiledStep = Omit<TodoContent, "position" | "parentId">;

export interface FiledTodo extends FiledStep {
  readonly steps: readonly FiledStep[];
}

export interface FiledList extends ListContent {
  readonly todos: readonly FiledTodo[];
}

const filedStepSchema = todoContentSchema.omit({ position: true, parentId: true });
// Files from before there were steps name none.
const filedTodoSchema = filedStepSchema.extend({ steps: z.array(filedStepSchema).default([]) });
const fileSchema = z.object({
  format: z.literal("haru-todos"),
  version: z.literal(1),
  lists: z.array(listContentSchema.extend({ todos: z.array(filedTodoSchema) })),
});

/** A todo that is nothing but its title. */
export function plainTodo(title: string): FiledStep {
  return { title, notes: "", isDone: false, due: null, repeat: null, priority: 0, tags: [] };
}

/** A todo or a step, in a file that says one after the other. */
export interface FiledRow {
  readonly content: FiledStep;
  readonly isStep: boolean;
}

/** The todos of rows, each with the steps that follow it. A step before every todo is one itself. */
export function withSteps(rows: readonly FiledRow[]): readonly FiledTodo[] {
  const todos: (FiledStep & { steps: FiledStep[] })[] = [];
  for (const { content, isStep } of rows) {
    const above = isStep ? todos.at(-1) : undefined;
    if (above) above.steps.push(content);
    else todos.push({ ...content, steps: [] });
  }
  return todos;
}

/** Everything that a todo says, for another account or another day. */
export function writeTodoFile(lists: readonly FiledList[]): string {
  return `${JSON.stringify({ format: "haru-todos", version: 1, lists }, null, 2)}\n`;
}

/** @returns the lists of a file that `writeTodoFile` made, or undefined for any other text */
export function readTodoFile(text: string): readonly FiledList[] | undefined {
  try {
    return fileSchema.safeParse(JSON.parse(text)).data?.lists;
  } catch {
    return undefined; // No JSON: the person is told that this is no such file.
  }
}

/**
 * What a todo may hold, made of what a file says: too long a title goes on in the notes, so that
 * nothing is lost, and what cannot be is left out.
 * @returns undefined for a todo without a title
 */
export function fitting(todo: FiledStep): FiledStep | undefined {
  const tags = [...new Set(todo.tags)].filter((tag) => filedStepSchema.shape.tags.safeParse([tag]).success);
  const cut = { ...todo, title: todo.title.trim(), tags: tags.slice(0, 10) };
  const whole = filedStepSchema.safeParse(cut);
  if (whole.success) return whole.data;
  const title = cut.title.slice(0, 200);
  const notes = [cut.title, cut.notes].filter((part) => part !== "").join("\n\n");
  return (
    filedStepSchema.safeParse({ ...cut, title, notes }).data ??
    filedStepSchema.safeParse({ ...plainTodo(title), notes: notes.slice(0, 3_000) }).data
  );
}
