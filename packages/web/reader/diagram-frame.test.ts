import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { diagramFrame } from "./diagram-frame.ts";
import { policyFor } from "./security.ts";

const directivesOf = (policy: string) =>
  new Map(policy.split("; ").map((one) => [one.split(" ")[0], one.split(" ").slice(1)]));
const policyOf = (html: string) => directivesOf(policyFor(html)["content-security-policy"] ?? "");

test("the frame of diagrams runs its own script and the two engines that were built with it, and nothing else", async () => {
  const answer = diagramFrame();
  const directives = directivesOf(answer.headers.get("content-security-policy") ?? "");
  expect(directives.get("sandbox")).toEqual(["allow-scripts"]);
  expect(directives.get("default-src")).toEqual(["'none'"]);
  expect(directives.get("frame-ancestors")).toEqual(["'self'"]);
  for (const reaching of ["connect-src", "img-src", "font-src", "frame-src"])
    expect(directives.has(reaching)).toBe(false);

  const html = await answer.text();
  const [, boot = ""] = /<script>(.*)<\/script>/s.exec(html) ?? [];
  const files = [...html.matchAll(/data-\w+="([^"]+)"/g)].map(([, address = ""]) => address);
  const engines = files.map((file) => readFileSync(join(import.meta.dirname, "../public", file), "utf8"));
  const hashes = [boot, ...engines].map(
    (text) => `'sha256-${createHash("sha256").update(text).digest("base64")}'`,
  );
  expect(engines).toHaveLength(2);
  expect(directives.get("script-src")).toEqual(hashes);
});

test("a page may frame only where its text has a diagram, and is framed by nobody", () => {
  const plain = policyOf("<p>mermaid</p>");
  const withDiagram = policyOf('<figure class="code" data-language="mermaid" data-copy=""></figure>');
  expect(plain.has("frame-src")).toBe(false);
  expect(withDiagram.get("frame-src")).toEqual(["'self'"]);
  expect(withDiagram.get("frame-ancestors")).toEqual(["'none'"]);
  withDiagram.delete("frame-src");
  expect(withDiagram).toEqual(plain);
});
