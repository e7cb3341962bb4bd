import { existsSync, globSync, readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";

const root = path.resolve(import.meta.dirname, "..");
const read = (file: string) => readFileSync(path.join(root, file), "utf8");
const { scripts } = JSON.parse(read("package.json")) as {
  readonly scripts: Readonly<Record<string, string>>;
};
const pages = globSync(["*.md", "docs/**/*.md", "packages/*/README.md"], { cwd: root });

/** Each `npm run <name> [-- <verb>]`; what stands for something else (`<file>`, a queue, an address) is no verb. */
const commands = pages.flatMap((page) =>
  [...read(page).matchAll(/npm run ([a-z]+)(?: -- ([a-z]+)(?![\w:/.]))?/g)].map(
    ([written, name = "", verb]) => ({
      page,
      written,
      name,
      verb,
    }),
  ),
);

/** What the file behind a command says that it takes. */
function takes(name: string, verb: string): boolean {
  if (name === "bench") return existsSync(path.join(root, `bench/${verb}.ts`));
  const file = /scripts\/(?!with-links)[\w/-]+\.ts/.exec(scripts[name] ?? "")?.[0];
  return (
    file !== undefined && new RegExp(`\\b${verb}\\b`).test(/\/\*\*[\s\S]+?\*\//.exec(read(file))?.[0] ?? "")
  );
}

test("every command that a page names is there, and takes the verb that the page gives it", () => {
  expect(commands.filter(({ verb }) => verb !== undefined)).not.toEqual([]);
  const wrong = commands.filter(
    ({ name, verb }) => !(name in scripts) || (verb !== undefined && !takes(name, verb)),
  );
  expect(wrong.map(({ page, written }) => `${page}: ${written}`)).toEqual([]);
});
