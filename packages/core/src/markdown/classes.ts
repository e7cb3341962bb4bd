/** The kinds of callout; each is the class `callout-<kind>` beside `callout`. */
export const calloutKinds = ["note", "tip", "important", "warning", "caution"] as const;
export type CalloutKind = (typeof calloutKinds)[number];

/** The kinds of collapsed part; each is the class `disclosure-<kind>` beside `disclosure`. */
export const disclosureKinds = ["details", "hint", "solution", "deep-dive"] as const;

/** The kinds of titled box; each is the class `panel-<kind>` beside `panel`. */
export const panelKinds = ["plain", "goals", "recap", "more", "exercise", "card"] as const;

/** Classes of the structure around the text. */
const structureClasses = [
  // <div class="callout callout-note" role="note"><p class="callout-title">…</p>…</div>
  "callout",
  "callout-title",
  ...calloutKinds.map((kind) => `callout-${kind}` as const),
  // <details class="disclosure disclosure-hint"><summary>…</summary>…</details>
  "disclosure",
  ...disclosureKinds.map((kind) => `disclosure-${kind}` as const),
  // <div class="panel panel-recap"><p class="panel-title">…</p>…</div>
  "panel",
  "panel-title",
  ...panelKinds.map((kind) => `panel-${kind}` as const),
  // <div class="lead">…</div>: the opening of a post, set larger.
  "lead",
  // <div class="component"><p class="component-title">…</p>…</div>: a component that the site does not know.
  "component",
  "component-title",
  // <figure class="code" data-language="js" data-copy><figcaption class="code-title">…</figcaption><pre>…</pre></figure>
  "code",
  "code-title",
  // <span class="code-line-marked">: one marked line of code with its line break, shown as a block.
  "code-line-marked",
  // <div class="code-group">: files or log lines that belong together.
  "code-group",
  // <figure class="code code-error">: what a console says.
  "code-console",
  "code-warning",
  "code-error",
  // <span class="bidi-control">[U+202E]</span>: an invisible character that reorders code, made visible.
  "bidi-control",
  // <figure class="figure"><img><figcaption>…</figcaption></figure>
  "figure",
  // <div class="figure-group">: figures side by side where there is room.
  "figure-group",
  // <div class="math" tabindex="0"><math display="block">…</math></div>
  "math",
  // <div class="table-scroll" tabindex="0"><table>…</table></div>
  "table-scroll",
  "align-left",
  "align-center",
  "align-right",
  // <ul class="task-list"><li class="task"><label><input type="checkbox" disabled><span>…</span></label></li></ul>
  "task-list",
  "task",
  // <sup class="footnote-ref"><a href="#fn-1" id="fnref-1">1</a></sup>
  "footnote-ref",
  // <section class="footnotes"><h2 class="footnotes-title">…</h2><ol><li id="fn-1">… <a class="footnote-back">↩</a></li></ol></section>
  "footnotes",
  "footnotes-title",
  "footnote-back",
  // <ul class="toc">: links to the headings, where the author asked for them.
  "toc",
  // <mark class="mark mark-2">: parts of a text that code refers to by colour.
  "mark",
  "mark-1",
  "mark-2",
  "mark-3",
  "mark-4",
  "mark-5",
  // <span class="math">: a formula that is set as text.
  "math",
] as const;

/** Languages that are coloured, each the class `language-<name>` on `code`. */
export const codeLanguages = [
  "bash",
  "c",
  "cpp",
  "csharp",
  "css",
  "diff",
  "dockerfile",
  "go",
  "graphql",
  "http",
  "ini",
  "java",
  "javascript",
  "json",
  "kotlin",
  "markdown",
  "php",
  "plaintext",
  "python",
  "ruby",
  "rust",
  "scss",
  "shell",
  "sql",
  "swift",
  "typescript",
  "xml",
  "yaml",
] as const;
export type CodeLanguage = (typeof codeLanguages)[number];

/** Classes of highlighted code, the scopes of highlight.js that its grammars here can make. */
export const codeTokenClasses = [
  "hljs-addition",
  "hljs-attr",
  "hljs-attribute",
  "hljs-built_in",
  "hljs-bullet",
  "hljs-char",
  "hljs-class",
  "hljs-code",
  "hljs-comment",
  "hljs-deletion",
  "hljs-doctag",
  "hljs-emphasis",
  "hljs-function",
  "hljs-keyword",
  "hljs-link",
  "hljs-literal",
  "hljs-meta",
  "hljs-name",
  "hljs-number",
  "hljs-operator",
  "hljs-params",
  "hljs-property",
  "hljs-punctuation",
  "hljs-quote",
  "hljs-regexp",
  "hljs-section",
  "hljs-selector-attr",
  "hljs-selector-class",
  "hljs-selector-id",
  "hljs-selector-pseudo",
  "hljs-selector-tag",
  "hljs-string",
  "hljs-strong",
  "hljs-subst",
  "hljs-symbol",
  "hljs-tag",
  "hljs-template-variable",
  "hljs-title",
  "hljs-type",
  "hljs-variable",
  "class_",
  "constant_",
  "dispatch_",
  "escape_",
  "function_",
  "inherited__",
  "invoke__",
  "language_",
  "prompt_",
] as const;

/** Every class that rendered Markdown can carry. */
export const markdownClasses: ReadonlySet<string> = new Set([
  ...structureClasses,
  ...codeTokenClasses,
  ...codeLanguages.map((language) => `language-${language}`),
]);
