import { decompose, initialsOf, isInitials, normalizeHangul } from "../search/text/hangul.ts";
import { isInArchive, type Todo } from "./todo.contract.ts";

/** What a search looks through, the weightiest first. */
type Read = (todo: Todo) => string;
const fields: readonly Read[] = [
  ({ title }) => title,
  ({ tags }) => tags.map((tag) => `#${tag}`).join(" "),
  ({ notes }) => notes,
];

/**
 * The todos that hold every word of a query, best first: words in the title before those in tags and
 * notes, what is open before what is done and what is archived. Hangul is compared letter by letter, so that
 * what is typed so far is found (`치고` of `치과`), and initial consonants stand for their syllables (`ㅊㄱ`).
 */
export function findTodos(todos: readonly Todo[], query: string): readonly Todo[] {
  const words = fold(query).split(/\s+/).filter(Boolean).map(wanted);
  if (words.length === 0) return [];
  const found = todos.flatMap((todo) => {
    const rank = rankOf(todo, words);
    return rank === undefined ? [] : [{ todo, rank: rank + restOf(todo) }];
  });
  return found.sort((a, b) => a.rank - b.rank || compare(b.todo, a.todo)).map(({ todo }) => todo);
}

interface Wanted {
  readonly letters: string;
  readonly initials: string | undefined;
}

function wanted(word: string): Wanted {
  return { letters: decompose(word), initials: isInitials(word) ? initialsOf(word) : undefined };
}

/** The last field that had to be looked at, or undefined when a word is in none. */
function rankOf(todo: Todo, words: readonly Wanted[]): number | undefined {
  let rank = 0;
  for (const { letters, initials } of words) {
    const at = fields.findIndex((read) => {
      const text = fold(read(todo));
      return decompose(text).includes(letters) || (initials && text.split(/\s+/).some(beginsWith(initials)));
    });
    if (at < 0) return undefined;
    rank = Math.max(rank, at);
  }
  return rank;
}

const beginsWith = (initials: string) => (word: string) => initialsOf(word).startsWith(initials);

function restOf(todo: Todo): number {
  return (todo.isDone ? fields.length : 0) + (isInArchive(todo) ? fields.length : 0);
}

const compare = (a: Todo, b: Todo) => (a.updatedAt < b.updatedAt ? -1 : a.updatedAt > b.updatedAt ? 1 : 0);

function fold(text: string): string {
  return normalizeHangul(text).toLowerCase();
}
