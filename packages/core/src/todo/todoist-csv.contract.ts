import {
  type FiledRow,
  type FiledStep,
  type FiledTodo,
  fitting,
  plainTodo,
  withSteps,
} from "./exchange.contract.ts";
import { type QuickMoment, readQuickTodo } from "./quick-add.contract.ts";

/*
 * The files that Todoist imports and exports: a row a task, its labels in the text as `@label`, its day
 * as a phrase. A note is a row of its own below its task, and so is a step, which is indented. What is
 * indented further is a step of the same todo.
 */

const columns = [
  "TYPE",
  "CONTENT",
  "DESCRIPTION",
  "PRIORITY",
  "INDENT",
  "AUTHOR",
  "RESPONSIBLE",
  "DATE",
  "DATE_LANG",
  "TIMEZONE",
] as const;
/** Todoist knows four levels, of which the last is none. */
const lowest = 4;

export function writeTodoistCsv(todos: readonly FiledTodo[]): string {
  const rows = todos.flatMap((todo) => [rowOf(todo, 1), ...todo.steps.map((step) => rowOf(step, 2))]);
  return [[...columns], ...rows].map((row) => `${row.map(quoted).join(",")}\r\n`).join("");
}

function rowOf({ title, notes, due, priority, tags }: FiledStep, indent: 1 | 2): string[] {
  return [
    "task",
    [title, ...tags.map((tag) => `@${tag}`)].join(" "),
    notes,
    String(priority === 0 ? lowest : priority),
    String(indent),
    "",
    "",
    due ? [due.date, due.time ?? ""].join(" ").trim() : "",
    "en",
    due?.timeZone ?? "",
  ];
}

function quoted(cell: string): string {
  return /[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}

/** @returns undefined for a file without the columns of Todoist */
export function readTodoistCsv(text: string, moment: QuickMoment): readonly FiledTodo[] | undefined {
  const [head = [], ...rows] = readRows(text.replace(/^\uFEFF/, ""));
  const at = (name: (typeof columns)[number]) => head.indexOf(name);
  if (at("TYPE") < 0 || at("CONTENT") < 0) return undefined;
  const tasks: FiledRow[] = [];
  for (const row of rows) {
    const cell = (name: (typeof columns)[number]) => row[at(name)] ?? "";
    const last = tasks.at(-1);
    if (cell("TYPE") === "note" && last) {
      const notes = [last.content.notes, cell("CONTENT")].join("\n").trim();
      tasks[tasks.length - 1] = { ...last, content: { ...last.content, notes } };
    }
    if (cell("TYPE") !== "task") continue;
    const tags: string[] = [];
    const title = cell("CONTENT").replaceAll(/(?:^|\s)@(\S+)/g, (_, tag: string) => {
      tags.push(tag);
      return "";
    });
    const { due, repeat } = readQuickTodo(`${cell("DATE")} .`, moment);
    const level = Number(cell("PRIORITY")) || lowest;
    const priority = level < lowest ? Math.max(level, 1) : 0;
    const content = { ...plainTodo(title), notes: cell("DESCRIPTION"), due, repeat, priority, tags };
    tasks.push({ content, isStep: Number(cell("INDENT")) > 1 });
  }
  return withSteps(
    tasks.flatMap(({ content, isStep }) => {
      const fits = fitting(content);
      return fits ? [{ content: fits, isStep }] : [];
    }),
  );
}

/** RFC 4180: cells in quotes may hold commas, line ends and doubled quotes. */
function readRows(text: string): string[][] {
  const rows: string[][] = [[""]];
  let isQuoted = false;
  for (let i = 0; i < text.length; i++) {
    const row = rows.at(-1) as string[];
    const letter = text[i] as string;
    if (letter === '"' && isQuoted && text[i + 1] === '"') i++;
    else if (letter === '"') {
      isQuoted = !isQuoted;
      continue;
    } else if (letter === "," && !isQuoted) {
      row.push("");
      continue;
    } else if (letter === "\n" && !isQuoted) {
      rows.push([""]);
      continue;
    } else if (letter === "\r" && !isQuoted) continue;
    row[row.length - 1] += letter;
  }
  return rows.filter((row) => row.some((cell) => cell !== ""));
}
