"use client";

import type { EditorView } from "@codemirror/view";
import type { Locale } from "@haru/core/locale";
import { type KeyboardEvent, type RefObject, useState } from "react";
import { grouped } from "../site/grouped.ts";
import { PopoverMenu } from "../site/popover-menu.tsx";
import { editingMessages } from "./editing-messages.ts";
import { type CommandName, commands, shortcuts } from "./editor-commands.ts";
import { measure, outlineOf } from "./text-measure.ts";

/** What stands for each tool; its name is said to those who do not see it. */
const signs: Readonly<Partial<Record<CommandName, string>>> = {
  bold: "B",
  italic: "I",
  strike: "S",
  code: "‹›",
  link: "↗",
  heading2: "H2",
  heading3: "H3",
  list: "•",
  ordered: "1.",
  task: "☐",
  quote: "❝",
  codeBlock: "{ }",
  table: "▦",
  callout: "!",
  footnote: "¹",
};

const tools = Object.keys(signs) as CommandName[];

interface ToolbarProps {
  readonly locale: Locale;
  readonly view: RefObject<EditorView | undefined>;
  readonly markdown: string;
  readonly isFocused: boolean;
  readonly onFocus: (isFocused: boolean) => void;
}

export function Toolbar({ locale, view, markdown, isFocused, onFocus }: ToolbarProps) {
  const text = editingMessages[locale];
  const { words, characters } = measure(markdown);
  const outline = outlineOf(markdown);
  /** The tool that the Tab key leads to; from there the arrow keys go on. */
  const [stop, setStop] = useState(0);

  function goOn(event: KeyboardEvent<HTMLElement>): void {
    const last = tools.length - 1;
    const next = {
      ArrowLeft: stop === 0 ? last : stop - 1,
      ArrowRight: stop === last ? 0 : stop + 1,
      Home: 0,
      End: last,
    }[event.key];
    if (next === undefined) return;
    event.preventDefault();
    event.currentTarget.querySelectorAll("button")[next]?.focus();
  }

  function run(name: CommandName): void {
    if (!view.current) return;
    commands[name](view.current);
    view.current.focus();
  }

  function goTo(line: number): void {
    const editor = view.current;
    if (!editor) return;
    const { from } = editor.state.doc.line(Math.min(line, editor.state.doc.lines));
    editor.dispatch({ selection: { anchor: from }, scrollIntoView: true });
    editor.focus();
  }

  return (
    <div className="toolbar" lang={locale}>
      <div className="toolbar-tools" role="toolbar" aria-label={text.toolbar} onKeyDown={goOn}>
        {tools.map((name, index) => {
          const key = shortcuts[name]?.replace("Mod", /Mac|iP/.test(navigator.platform) ? "⌘" : "Ctrl");
          return (
            <button
              key={name}
              type="button"
              className="tool-button"
              data-command={name}
              tabIndex={index === stop ? 0 : -1}
              aria-label={text.commands[name]}
              title={key ? `${text.commands[name]} (${key})` : text.commands[name]}
              onFocus={() => setStop(index)}
              // The text keeps its selection and, on a phone, its keyboard.
              onMouseDown={(event) => event.preventDefault()}
              onClick={() => run(name)}
            >
              {signs[name]}
            </button>
          );
        })}
      </div>
      <span className="toolbar-end">
        <span className="note">{text.length(grouped(words), grouped(characters))}</span>
        <PopoverMenu label={text.outline} icon="☰">
          {outline.length === 0 && <p className="menu-title">{text.outlineEmpty}</p>}
          {outline.map(({ level, text: heading, line }) => (
            <button
              key={line}
              type="button"
              className={`menu-item outline-${level}`}
              onClick={() => goTo(line)}
            >
              {heading}
            </button>
          ))}
        </PopoverMenu>
        <button
          type="button"
          className="tool-button"
          aria-pressed={isFocused}
          aria-label={text.focus}
          title={text.focus}
          onClick={() => onFocus(!isFocused)}
        >
          ◎
        </button>
      </span>
    </div>
  );
}
