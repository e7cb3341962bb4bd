import { expect, test } from "vitest";
import { newId } from "../id.ts";
import { findTodos } from "./find.contract.ts";
import { emptyContent, type Todo, type TodoContent } from "./todo.contract.ts";

const now = new Date("2026-11-22T00:00:00Z");
const ids = { listId: newId("list", now), todoId: newId("todo", now) };

function todoOf(title: string, rest: Partial<TodoContent> = {}): Todo {
  const at = now.toISOString();
  const life = { doneAt: null, createdAt: at, updatedAt: at, deletedAt: null, movedTo: null, seq: 1 };
  return { ...emptyContent(title, "V"), ...rest, ...ids, ...life };
}

const titles = (todos: readonly Todo[], query: string) => findTodos(todos, query).map(({ title }) => title);

test("a todo is found by any part of its title, notes or tags, in either case", () => {
  const todos = [todoOf("Call the Dentist"), todoOf("plants", { notes: "ask the dentist" }), todoOf("b")];
  expect(titles(todos, "DENTIST")).toEqual(["Call the Dentist", "plants"]);
  expect(titles([todoOf("a", { tags: ["health"] }), todoOf("health food")], "#health")).toEqual(["a"]);
  expect(titles(todos, "dentist ask")).toEqual(["plants"]);
});

test("Hangul is found while its last syllable is being typed, decomposed, and by initial consonants", () => {
  const todos = [todoOf("내일 치과 전화"), todoOf("장보기")];
  for (const query of ["치", "칙", "치고", "치과", "치과".normalize("NFD"), "ㅊㄱ", "ㅊ", "ㅈㅎ 치과"])
    expect(titles(todos, query)).toEqual(["내일 치과 전화"]);
  expect(titles(todos, "ㄱㅈ")).toEqual([]);
});

test("what is open stands before what is done, and what is archived comes last and is found", () => {
  const todos = [
    todoOf("tea, archived", { isDone: true, isArchived: true }),
    todoOf("tea, done", { isDone: true }),
    todoOf("other", { notes: "tea" }),
    todoOf("tea"),
  ];
  expect(titles(todos, "tea")).toEqual(["tea", "other", "tea, done", "tea, archived"]);
});

test("a query of nothing finds nothing", () => {
  expect(titles([todoOf("a")], "  ")).toEqual([]);
});
