import type { Locale } from "@haru/core/locale";
import { searchMessages } from "../features/search/messages.ts";
import { searchPath } from "../features/search/search-path.ts";
import { element } from "./element.ts";
import { makeOption, type Option } from "./palette/option.ts";
import { forgetSearches, recentSearches, rememberSearch } from "./palette/recent.ts";
import { type Answer, findPosts } from "./palette/search-api.ts";

const pauseMilliseconds = 90;
const listId = "palette-list";

let dialog: HTMLDialogElement | undefined;

/** Shows the palette. It is made at its first use. */
export function open(): void {
  dialog ??= makePalette(document.documentElement.lang as Locale);
  if (dialog.open) return;
  dialog.showModal();
  dialog.querySelector("input")?.select();
  dialog.dispatchEvent(new Event("opened"));
}

function makePalette(locale: Locale): HTMLDialogElement {
  const text = searchMessages[locale];
  const input = element("input", {
    className: "palette-input",
    type: "search",
    placeholder: text.placeholder,
    maxLength: 200,
    autocomplete: "off",
    spellcheck: false,
  });
  for (const [name, value] of Object.entries({
    role: "combobox",
    "aria-label": text.label,
    "aria-expanded": "true",
    "aria-controls": listId,
    "aria-autocomplete": "list",
    autocapitalize: "off",
    enterkeyhint: "search",
  })) {
    input.setAttribute(name, value);
  }
  const list = element("ul", {
    id: listId,
    className: "palette-list",
    role: "listbox",
    ariaLabel: text.title,
  });
  const note = element("p", { className: "palette-note", role: "status" });
  const keys = element("p", { className: "palette-keys", textContent: text.keys });
  const close = element("button", {
    type: "button",
    className: "button button-quiet button-small palette-close",
    textContent: text.close,
  });
  const top = element("div", { className: "palette-top" }, input, close);
  const made = element("dialog", { className: "palette", ariaLabel: text.title }, top, note, list, keys);
  let options: Option[] = [];
  let chosen = -1;
  let timer: number | undefined;
  let asked = 0;
  let running: AbortController | undefined;

  function choose(index: number): void {
    options[chosen]?.root.setAttribute("aria-selected", "false");
    chosen = index;
    const option = options[chosen];
    option?.root.setAttribute("aria-selected", "true");
    option?.root.scrollIntoView({ block: "nearest" });
    if (option) input.setAttribute("aria-activedescendant", option.root.id);
    else input.removeAttribute("aria-activedescendant");
  }

  function show(next: Option[], said: string): void {
    options = next;
    list.replaceChildren(...next.map(({ root }) => root));
    note.textContent = said;
    choose(-1);
  }

  function showRecent(): void {
    const recent = recentSearches();
    const again = recent.map((query, at) =>
      makeOption(`palette-${at}`, { title: [{ text: query, isMarked: false }] }, () => {
        input.value = query;
        look();
        input.focus();
      }),
    );
    const forget = makeOption("palette-forget", { note: text.forget }, () => {
      forgetSearches();
      showRecent();
      input.focus();
    });
    show(recent.length > 0 ? [...again, forget] : [], recent.length > 0 ? text.recent : text.start);
  }

  function showAnswer(query: string, { items, total, correctedTo, source }: Answer): void {
    const leave = (path: string) => {
      rememberSearch(query);
      location.assign(path);
    };
    const hits = items.map((hit, at) => makeOption(`palette-${at}`, hit, leave));
    const all = makeOption(
      "palette-all",
      { note: text.all(query), href: searchPath(locale, { q: query }) },
      leave,
    );
    const said = [
      total > 0 ? text.results(total) : text.none(query),
      ...(correctedTo ? [text.corrected(correctedTo)] : []),
      ...(source === "titles" ? [text.titlesOnly] : []),
    ];
    show(total > 0 ? [...hits, all] : [], said.join(" · "));
  }

  async function look(): Promise<void> {
    window.clearTimeout(timer);
    running?.abort();
    const query = input.value.trim();
    const order = ++asked;
    if (query === "") return showRecent();
    running = new AbortController();
    try {
      const answer = await findPosts(query, locale, running.signal);
      // An answer to what was typed before must not take the place of a later one.
      if (order === asked) showAnswer(query, answer);
    } catch (error) {
      if (order !== asked || (error as Error).name === "AbortError") return;
      show([], (error as Error).message === "429" ? text.tooMany : text.failed);
    }
  }

  input.addEventListener("input", () => {
    window.clearTimeout(timer);
    timer = window.setTimeout(look, pauseMilliseconds);
  });
  input.addEventListener("keydown", (event) => {
    // While a syllable is being composed these keys belong to the input method.
    if (event.isComposing || event.keyCode === 229) return;
    const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
    if (step !== 0 && options.length > 0) {
      event.preventDefault();
      choose((chosen + step + (chosen < 0 && step < 0 ? 1 : 0) + options.length) % options.length);
    }
    if (event.key !== "Enter") return;
    event.preventDefault();
    const query = input.value.trim();
    const option = options[chosen];
    if (option) option.run();
    else if (query) {
      rememberSearch(query);
      location.assign(searchPath(locale, { q: query }));
    }
  });
  close.addEventListener("click", () => made.close());
  // A click beside it, on what the browser draws behind, hits the dialog itself.
  made.addEventListener("click", ({ target }) => {
    if (target === made) made.close();
  });
  made.addEventListener("opened", () => void look());
  document.body.append(made);
  return made;
}
