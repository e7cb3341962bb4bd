import type { CalloutKind, disclosureKinds, panelKinds } from "../classes.ts";
import type { LabelName } from "../label.ts";

type DisclosureKind = (typeof disclosureKinds)[number];
type PanelKind = (typeof panelKinds)[number];

/** What a component of another site becomes here. */
export type BlockShape =
  | { readonly as: "callout"; readonly kind: CalloutKind | "from-type" }
  | { readonly as: "disclosure"; readonly kind: DisclosureKind }
  | { readonly as: "panel"; readonly kind: PanelKind; readonly label?: LabelName }
  /** A division with a class; `files` gives its code blocks the file names that a playground would. */
  | { readonly as: "group"; readonly className: string; readonly files?: true }
  /** Its content is text as typed, not Markdown. */
  | { readonly as: "code"; readonly language: string }
  | { readonly as: "console" }
  | { readonly as: "figure" }
  /** Something to play on another site: a link to it. */
  | { readonly as: "media" }
  | { readonly as: "contents" }
  | { readonly as: "element"; readonly tag: "ul" | "ol" | "li" | "hr" }
  /** Only its content matters. */
  | { readonly as: "content" }
  | { readonly as: "nothing" };

const callout = (kind: CalloutKind | "from-type"): BlockShape => ({ as: "callout", kind });
const panel = (kind: PanelKind, label?: LabelName): BlockShape =>
  label ? { as: "panel", kind, label } : { as: "panel", kind };
const disclosure = (kind: DisclosureKind): BlockShape => ({ as: "disclosure", kind });
const figures: BlockShape = { as: "group", className: "figure-group" };
const figure: BlockShape = { as: "figure" };
const media: BlockShape = { as: "media" };
const content: BlockShape = { as: "content" };

/** Components that stand for a block, by the names that documentation sites and blogs give them. */
export const blockComponents: ReadonlyMap<string, BlockShape> = new Map<string, BlockShape>([
  ["Note", callout("note")],
  ["Info", callout("note")],
  ["Tip", callout("tip")],
  ["Important", callout("important")],
  ["Warning", callout("warning")],
  ["Pitfall", callout("warning")],
  ["Deprecated", callout("warning")],
  ["Caution", callout("caution")],
  ["Danger", callout("caution")],
  ["Callout", callout("from-type")],
  ["Admonition", callout("from-type")],
  ["Aside", callout("from-type")],
  ["Alert", callout("from-type")],

  ["Details", disclosure("details")],
  ["details", disclosure("details")],
  ["Accordion", disclosure("details")],
  ["Hint", disclosure("hint")],
  ["Solution", disclosure("solution")],
  ["DeepDive", disclosure("deep-dive")],

  ["YouWillLearn", panel("goals", "goals")],
  ["Recap", panel("recap", "recap")],
  ["LearnMore", panel("more", "more")],
  ["Challenges", panel("exercise", "exercise")],
  ["Recipes", panel("exercise")],
  ["Card", panel("card")],
  ["TabItem", panel("plain")],
  ["Tab", panel("plain")],
  ["Step", panel("plain")],

  ["Intro", { as: "group", className: "lead" }],
  ["Lead", { as: "group", className: "lead" }],
  ["Sandpack", { as: "group", className: "code-group", files: true }],
  ["CodeGroup", { as: "group", className: "code-group" }],
  ["ConsoleBlockMulti", { as: "group", className: "code-group" }],
  ["TerminalBlock", { as: "code", language: "bash" }],
  ["Terminal", { as: "code", language: "bash" }],
  ["ConsoleBlock", { as: "console" }],
  ["ConsoleLogLine", { as: "console" }],

  ["IllustrationBlock", figures],
  ["DiagramGroup", figures],
  ["CodeDiagram", figures],
  ["Illustration", figure],
  ["Diagram", figure],
  ["Figure", figure],
  ["Image", figure],
  ["img", figure],
  ["YouTube", media],
  ["YouTubeIframe", media],
  ["Video", media],
  ["video", media],
  ["iframe", media],
  ["InlineToc", { as: "contents" }],
  ["TableOfContents", { as: "contents" }],

  ["ul", { as: "element", tag: "ul" }],
  ["ol", { as: "element", tag: "ol" }],
  ["li", { as: "element", tag: "li" }],
  ["hr", { as: "element", tag: "hr" }],
  ["br", { as: "nothing" }],
  ["source", { as: "nothing" }],

  ["", content],
  ["Fragment", content],
  ["FullWidth", content],
  ["Tabs", content],
  ["Steps", content],
  ["CardGroup", content],
  ["article", content],
  ["aside", content],
  ["center", content],
  ["div", content],
  ["figcaption", content],
  ["figure", content],
  ["footer", content],
  ["header", content],
  ["main", content],
  ["p", content],
  ["picture", content],
  ["section", content],
]);

/** What a tag inside a line becomes: an element, perhaps with a class, or only its content. */
export interface InlineShape {
  readonly tag: string;
  readonly className?: string;
}

/** Tags that stand inside a line, with the element that they become; an empty tag keeps the content only. */
export const inlineComponents: ReadonlyMap<string, InlineShape> = new Map<string, InlineShape>([
  ["b", { tag: "strong" }],
  ["strong", { tag: "strong" }],
  ["i", { tag: "em" }],
  ["em", { tag: "em" }],
  ["del", { tag: "del" }],
  ["s", { tag: "s" }],
  ["ins", { tag: "ins" }],
  ["u", { tag: "ins" }],
  ["kbd", { tag: "kbd" }],
  ["Kbd", { tag: "kbd" }],
  ["sub", { tag: "sub" }],
  ["sup", { tag: "sup" }],
  ["small", { tag: "small" }],
  ["mark", { tag: "mark", className: "mark" }],
  // The class of the step, `mark-2`, comes from its `step`.
  ["CodeStep", { tag: "mark", className: "mark" }],
  ["Math", { tag: "span", className: "math" }],
  ["MathI", { tag: "var" }],
  ["var", { tag: "var" }],
  ["", { tag: "" }],
  ["a", { tag: "" }],
  ["Link", { tag: "" }],
  ["span", { tag: "" }],
]);
