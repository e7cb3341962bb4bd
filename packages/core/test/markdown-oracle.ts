import rehypeParse from "rehype-parse";
import rehypeSanitize, { type Options } from "rehype-sanitize";
import rehypeStringify from "rehype-stringify";
import { unified } from "unified";
import { markdownClasses } from "../src/markdown/classes.ts";

/**
 * An independent sanitiser with our allow-list. What the renderer makes must pass it
 * unchanged: then everything in it was foreseen here, whatever the input was.
 */
const classes = ["className", ...markdownClasses] as [string, ...string[]];
/** What formulas are made of. The elements through which MathML reads on as HTML are not among them. */
const mathTags = [
  ...["math", "menclose", "merror", "mfrac", "mi", "mn", "mo", "mover", "mpadded", "mphantom", "mroot"],
  ...["mrow", "ms", "mspace", "msqrt", "mstyle", "msub", "msubsup", "msup", "mtable", "mtd", "mtext", "mtr"],
  ...["munder", "munderover"],
];
const mathAttributes = [
  ...["accent", "accentunder", "columnalign", "colSpan", "columnspan", "depth", "display", "displaystyle"],
  ...["fence", "form", "height", "largeop", "linethickness", "lspace", "mathvariant", "maxsize", "minsize"],
  ...["movablelimits", "notation", "rowSpan", "rspace", "scriptlevel", "separator", "stretchy", "symmetric"],
  ...["voffset", "width"],
];
const schema: Options = {
  tagNames: [
    ...["a", "blockquote", "br", "code", "del", "details", "div", "em", "figcaption", "figure"],
    ...["h1", "h2", "h3", "h4", "h5", "h6", "hr", "img", "input", "ins", "kbd", "label", "li", "mark"],
    ...["ol", "p", "pre", "s", "section", "small", "span", "strong", "sub", "summary", "sup"],
    ...["table", "tbody", "td", "th", "thead", "tr", "ul", "var"],
    ...mathTags,
  ],
  attributes: {
    ...Object.fromEntries(mathTags.map((tag) => [tag, mathAttributes])),
    mtd: [...mathAttributes, classes],
    a: ["href", "title", "rel", "ariaLabel", "id", classes],
    code: [classes],
    details: [classes],
    div: [classes, ["role", "note"], ["tabIndex", 0]],
    figure: [classes, "dataLanguage", "dataCopy"],
    figcaption: [classes],
    ...Object.fromEntries(["h1", "h2", "h3", "h4", "h5", "h6"].map((tag) => [tag, ["id", classes]])),
    img: ["src", "alt", "title", "width", "height", ["loading", "lazy"], ["decoding", "async"]],
    input: [["type", "checkbox"], ["disabled", true], "checked"],
    li: ["id", classes],
    mark: [classes],
    ol: ["start", classes],
    p: [classes],
    pre: [["tabIndex", 0]],
    section: [classes],
    span: [classes],
    sup: [classes],
    td: [classes],
    th: [classes, ["scope", "col"]],
    ul: [classes],
  },
  protocols: { href: ["http", "https", "mailto"], src: ["http", "https"] },
  required: { input: { type: "checkbox", disabled: true } },
  clobber: [],
  clobberPrefix: "",
};

const reading = unified().use(rehypeParse, { fragment: true, emitParseErrors: true }).use(rehypeStringify);
const sanitising = unified()
  .use(rehypeParse, { fragment: true })
  .use(rehypeSanitize, schema)
  .use(rehypeStringify);

export interface Verdict {
  /** The page as a browser would read it. */
  readonly read: string;
  /** The same after the sanitiser. */
  readonly sanitised: string;
  readonly parseErrors: readonly string[];
  /** The tags as they were sent and as a browser reads them, if it has to repair their order. */
  readonly repairedTags: readonly (readonly string[])[];
  /** Ids that a script of the page could mistake for its own. */
  readonly foreignIds: readonly string[];
}

export function judge(html: string): Verdict {
  const read = reading.processSync(html);
  return {
    read: String(read),
    sanitised: String(sanitising.processSync(html)),
    parseErrors: read.messages.map(
      ({ reason, ruleId, place }) => `${ruleId ?? reason} ${JSON.stringify(place)}`,
    ),
    repairedTags:
      tagsOf(html).join() === tagsOf(String(read)).join() ? [] : [tagsOf(html), tagsOf(String(read))],
    foreignIds: [...html.matchAll(/ id="([^"]*)"/g)]
      .map(([, id]) => id ?? "")
      .filter((id) => !/^(?:h-|fn-\d|fnref-\d)/.test(id)),
  };
}

function tagsOf(html: string): readonly string[] {
  // Attributes are read to their end, since their values may contain what looks like a tag.
  return [...html.matchAll(/<(\/?[a-z][a-z0-9]*)(?:\s+[a-z-]+(?:="[^"]*")?)*>/g)].map(
    ([, name]) => name ?? "",
  );
}

/** What a clean page looks like to the judge. */
export function cleanVerdict(html: string): Verdict {
  const { read } = judge(html);
  return { read, sanitised: read, parseErrors: [], repairedTags: [], foreignIds: [] };
}
