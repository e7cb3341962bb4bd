import type { HLJSApi, LanguageFn } from "highlight.js";
import core from "highlight.js/lib/core";
import bash from "highlight.js/lib/languages/bash";
import c from "highlight.js/lib/languages/c";
import cpp from "highlight.js/lib/languages/cpp";
import csharp from "highlight.js/lib/languages/csharp";
import css from "highlight.js/lib/languages/css";
import diff from "highlight.js/lib/languages/diff";
import dockerfile from "highlight.js/lib/languages/dockerfile";
import go from "highlight.js/lib/languages/go";
import graphql from "highlight.js/lib/languages/graphql";
import http from "highlight.js/lib/languages/http";
import ini from "highlight.js/lib/languages/ini";
import java from "highlight.js/lib/languages/java";
import javascript from "highlight.js/lib/languages/javascript";
import json from "highlight.js/lib/languages/json";
import kotlin from "highlight.js/lib/languages/kotlin";
import markdown from "highlight.js/lib/languages/markdown";
import php from "highlight.js/lib/languages/php";
import plaintext from "highlight.js/lib/languages/plaintext";
import python from "highlight.js/lib/languages/python";
import ruby from "highlight.js/lib/languages/ruby";
import rust from "highlight.js/lib/languages/rust";
import scss from "highlight.js/lib/languages/scss";
import shell from "highlight.js/lib/languages/shell";
import sql from "highlight.js/lib/languages/sql";
import swift from "highlight.js/lib/languages/swift";
import typescript from "highlight.js/lib/languages/typescript";
import xml from "highlight.js/lib/languages/xml";
import yaml from "highlight.js/lib/languages/yaml";
import { type CodeLanguage, codeLanguages } from "./classes.ts";

const grammars: Record<CodeLanguage, LanguageFn> = {
  bash,
  c,
  cpp,
  csharp,
  css,
  diff,
  dockerfile,
  go,
  graphql,
  http,
  ini,
  java,
  javascript,
  json,
  kotlin,
  markdown,
  php,
  plaintext,
  python,
  ruby,
  rust,
  scss,
  shell,
  sql,
  swift,
  typescript,
  xml,
  yaml,
};

/** Names that the grammars do not know themselves. */
const moreAliases: Partial<Record<CodeLanguage, readonly string[]>> = {
  bash: ["terminal"],
  ini: ["env", "dotenv"],
  json: ["json5"],
  plaintext: ["none"],
};

export interface Highlighter {
  /** The grammar for a name that an author wrote after the fence, if there is one. */
  languageOf(name: string): CodeLanguage | undefined;
  /** Escaped HTML with `hljs-*` classes. */
  highlight(code: string, language: CodeLanguage): string;
}

/**
 * Grammars compile on first use and keep their state in the instance. Each parser has its
 * own, so that an interruption in the middle of a compilation is forgotten with the parser.
 */
export function createHighlighter(): Highlighter {
  const engine: HLJSApi = core.newInstance();
  for (const language of codeLanguages) {
    engine.registerLanguage(language, grammars[language]);
    engine.registerAliases([...(moreAliases[language] ?? [])], { languageName: language });
  }
  const names = new Map<string, CodeLanguage>();
  for (const language of codeLanguages) {
    const aliases = [...(engine.getLanguage(language)?.aliases ?? []), ...(moreAliases[language] ?? [])];
    for (const name of [language, ...aliases]) names.set(name.toLowerCase(), language);
  }
  return {
    languageOf: (name) => names.get(name.toLowerCase()),
    highlight: (code, language) => engine.highlight(code, { language, ignoreIllegals: true }).value,
  };
}
