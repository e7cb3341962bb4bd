"use client";

import { newId } from "@haru/core/id";
import { type FiledTodo, readTodoFile, writeTodoFile } from "@haru/core/todo/exchange.contract";
import type { Change } from "@haru/core/todo/mutation.contract";
import { positionBetween } from "@haru/core/todo/position.contract";
import { emptyContent } from "@haru/core/todo/todo.contract";
import { readTodoTxt, writeTodoTxt } from "@haru/core/todo/todo-txt.contract";
import { readTodoistCsv, writeTodoistCsv } from "@haru/core/todo/todoist-csv.contract";
import { type ChangeEvent, useState } from "react";
import { hereAndNow } from "./days.ts";
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
  write(list: ViewedList): string;
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
    if (todos) store.change(...creations(list, todos));
    if (file) setResult(todos ? text.imported(todos.length) : text.noTodoFile);
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
  const url = URL.createObjectURL(new Blob([write(list)], { type }));
  const link = document.createElement("a");
  link.href = url;
  link.download = `${list.name}.${ending}`;
  link.click();
  URL.revokeObjectURL(url);
}

/** Undefined for a file that is none of those that we know. */
function readFile(name: string, content: string): readonly FiledTodo[] | undefined {
  if (/\.json$/i.test(name)) return readTodoFile(content)?.flatMap(({ todos }) => todos);
  if (/\.csv$/i.test(name)) return readTodoistCsv(content, hereAndNow());
  return /\.txt$/i.test(name) ? readTodoTxt(content, hereAndNow().timeZone) : undefined;
}

function creations({ listId, todos }: ViewedList, filed: readonly FiledTodo[]): Change[] {
  let before = todos.at(-1)?.position;
  return filed.map((todo): Change => {
    const position = positionBetween(before, undefined);
    before = position;
    const content = { ...emptyContent(todo.title, position), ...todo };
    return { name: "todo.create", args: { listId, todoId: newId("todo", new Date()), content } };
  });
}
