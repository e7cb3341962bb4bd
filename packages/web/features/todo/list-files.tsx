"use client";

import {
  type FiledList,
  type FiledTodo,
  readTodoFile,
  writeTodoFile,
} from "@haru/core/todo/exchange.contract";
import { readTodoTxt, writeTodoTxt } from "@haru/core/todo/todo-txt.contract";
import { readTodoistCsv, writeTodoistCsv } from "@haru/core/todo/todoist-csv.contract";
import { type ChangeEvent, useState } from "react";
import { hereAndNow } from "./days.ts";
import { creationsOf, filedTodosOf } from "./filed.ts";
import type { shareMessages } from "./share-messages.ts";
import type { TodoStore } from "./store/store.ts";
import type { ViewedList } from "./store/view.ts";

interface ListFilesProps {
  readonly store: TodoStore;
  readonly list: ViewedList;
  readonly text: (typeof shareMessages)["ko"];
}

interface Format {
  readonly name: string;
  readonly ending: string;
  readonly type: string;
  write(list: FiledList): string;
}

const formats: readonly Format[] = [
  { name: "JSON", ending: "json", type: "application/json", write: (list) => writeTodoFile([list]) },
  { name: "todo.txt", ending: "txt", type: "text/plain", write: ({ todos }) => writeTodoTxt(todos) },
  { name: "CSV (Todoist)", ending: "csv", type: "text/csv", write: ({ todos }) => writeTodoistCsv(todos) },
];

/** A list as a file, and files into it: from the copy in this browser, so that it needs no network. */
export function ListFiles({ store, list, text }: ListFilesProps) {
  const [result, setResult] = useState<string>();

  async function take({ currentTarget: input }: ChangeEvent<HTMLInputElement>): Promise<void> {
    const [file] = input.files ?? [];
    const todos = file && readFile(file.name, await file.text());
    input.value = "";
    if (todos) store.change(...creationsOf(list.listId, list.todos.at(-1)?.position, todos));
    if (file)
      setResult(
        todos ? text.imported(todos.reduce((sum, { steps }) => sum + 1 + steps.length, 0)) : text.noTodoFile,
      );
  }

  return (
    <>
      <div className="link-actions">
        {formats.map((format) => (
          <button
            key={format.name}
            type="button"
            className="button button-quiet button-small"
            onClick={() => save(format, list)}
          >
            {format.name}
          </button>
        ))}
      </div>
      {list.role !== "viewer" && (
        <label className="field-label">
          {text.importFile}
          <input
            className="input"
            type="file"
            accept=".json,.txt,.csv"
            onChange={(event) => void take(event)}
          />
        </label>
      )}
      <p className="note" role="status">
        {result}
      </p>
    </>
  );
}

function save({ ending, type, write }: Format, list: ViewedList): void {
  const { name, color, todos } = list;
  const content = write({ name, color, todos: filedTodosOf(todos) });
  const url = URL.createObjectURL(new Blob([content], { type }));
  const link = document.createElement("a");
  link.href = url;
  link.download = `${name}.${ending}`;
  link.click();
  URL.revokeObjectURL(url);
}

/** Undefined for a file that is none of those that we know. */
function readFile(name: string, content: string): readonly FiledTodo[] | undefined {
  if (/\.json$/i.test(name)) return readTodoFile(content)?.flatMap(({ todos }) => todos);
  if (/\.csv$/i.test(name)) return readTodoistCsv(content, hereAndNow());
  return /\.txt$/i.test(name) ? readTodoTxt(content, hereAndNow().timeZone) : undefined;
}
