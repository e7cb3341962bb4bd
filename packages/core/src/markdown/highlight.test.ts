import core from "highlight.js/lib/core";
import { expect, test } from "vitest";
import { codeLanguages, codeTokenClasses } from "./classes.ts";
import { createHighlighter } from "./highlight.ts";

const highlighter = createHighlighter();

test("authors may name a language as they are used to", () => {
  const names = [
    "js",
    "JSX",
    "ts",
    "tsx",
    "html",
    "sh",
    "zsh",
    "yml",
    "md",
    "py",
    "kt",
    "docker",
    "text",
    "jsonc",
  ];
  expect(names.map((name) => highlighter.languageOf(name))).toEqual([
    ...["javascript", "javascript", "typescript", "typescript", "xml", "bash", "bash", "yaml", "markdown"],
    ...["python", "kotlin", "dockerfile", "plaintext", "json"],
  ]);
  expect(highlighter.languageOf("mermaid")).toBeUndefined();
});

test("every class that a grammar can give to a token is in the list that the site styles", async () => {
  const classes = new Set<string>();
  for (const language of codeLanguages) {
    const { default: grammar } = await import(`highlight.js/lib/languages/${language}`);
    for (const scope of scopesOf(grammar(core.newInstance()), new Set())) {
      const [first, ...rest] = scope.split(".");
      for (const name of [`hljs-${first}`, ...rest.map((part, depth) => part + "_".repeat(depth + 1))]) {
        classes.add(name);
      }
    }
  }
  // An alias of another scope, which the engine replaces.
  classes.delete("hljs-keyframePosition");
  const known: readonly string[] = codeTokenClasses;
  expect([...classes].filter((name) => !known.includes(name))).toEqual([]);
  expect(known.filter((name) => !classes.has(name))).toEqual([]);
});

/** The scopes that a grammar names anywhere; keyword groups are scopes too, except those that begin with `_`. */
function scopesOf(mode: unknown, seen: Set<unknown>): string[] {
  if (typeof mode !== "object" || mode === null || seen.has(mode)) return [];
  seen.add(mode);
  return Object.entries(mode).flatMap(([key, value]) => {
    if (/^(?:scope|className|beginScope|endScope)$/.test(key)) {
      return Object.values(typeof value === "string" ? [value] : (value ?? {})).filter(isScope);
    }
    const groups =
      key === "keywords" && !Array.isArray(value) ? Object.keys(value ?? {}).filter(isScope) : [];
    return [...(typeof value === "object" ? groups : []), ...scopesOf(value, seen)];
  });
}

function isScope(value: unknown): value is string {
  return typeof value === "string" && /^[a-z]/.test(value) && !value.startsWith("language:");
}
