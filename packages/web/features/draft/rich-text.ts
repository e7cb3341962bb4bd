import TurndownService from "turndown";
import { parseInert } from "../site/trusted-html.ts";

const service = new TurndownService({
  headingStyle: "atx",
  codeBlockStyle: "fenced",
  bulletListMarker: "-",
  emDelimiter: "*",
  hr: "---",
});
service.remove(["script", "style", "noscript", "meta", "title"]);
service.addRule("struck", {
  filter: ["s", "del"],
  replacement: (content) => `~~${content}~~`,
});
service.addRule("table", { filter: "table", replacement: (_, node) => `\n\n${tableOf(node)}\n\n` });

function tableOf(table: Node): string {
  const rows = [...(table as HTMLElement).querySelectorAll("tr")].map((row) =>
    [...row.querySelectorAll("th, td")].map((cell) =>
      service
        .turndown(cell as HTMLElement)
        .replaceAll(/\s*\n\s*/g, " ")
        .replaceAll("|", "\\|"),
    ),
  );
  const width = Math.max(0, ...rows.map((row) => row.length));
  const line = (cells: readonly string[]) =>
    `| ${Array.from({ length: width }, (_, column) => cells[column] ?? "").join(" | ")} |`;
  const [head = [], ...body] = rows;
  return [line(head), line(Array.from({ length: width }, () => "---")), ...body.map(line)].join("\n");
}

/** Rich text as Markdown. What the site's Markdown cannot say becomes its plain text. */
export function markdownOf(html: string): string {
  return service.turndown(parseInert(html, "text/html").body);
}
