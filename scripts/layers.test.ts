import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";

const root = path.resolve(import.meta.dirname, "..");
const uses = (specifier: string) => `import { x } from "${specifier}";\n\nconsole.log(x);\n`;

/** Each breaks one line between the layers, or (the last) keeps it. `rule` is what the linter has to name. */
const cases = [
  { guarantee: "the core imports no runner", file: "packages/core/src/a/one.ts", code: uses("sst") },
  { guarantee: "the core imports no Next", file: "packages/core/src/a/two.ts", code: uses("next/server") },
  {
    guarantee: "the core imports no function",
    file: "packages/core/src/a/three.ts",
    code: uses("@haru/functions/http"),
  },
  {
    guarantee: "a contract imports no table",
    file: "packages/core/src/a/one.contract.ts",
    code: uses("electrodb"),
  },
  {
    guarantee: "a contract imports no entity",
    file: "packages/core/src/a/two.contract.ts",
    code: uses("./a.entity.ts"),
  },
  {
    guarantee: "the site imports no verb",
    file: "packages/web/features/one.tsx",
    code: uses("@haru/core/post/post"),
  },
  { guarantee: "the site has no table", file: "packages/web/two.ts", code: uses("@aws-sdk/client-dynamodb") },
  {
    guarantee: "functions do not reach up",
    file: "packages/functions/src/one.ts",
    code: uses("@haru/web/api"),
  },
  {
    guarantee: "the local cloud knows no app",
    file: "packages/local/src/one.ts",
    code: uses("@haru/core/routes"),
  },
  {
    guarantee: "the core reads no environment",
    file: "packages/core/src/a/four.ts",
    code: "console.log(process.env.STAGE);\n",
    rule: "noProcessEnv",
  },
  {
    guarantee: "no file only passes on what others export",
    file: "packages/core/src/a/index.ts",
    code: 'export * from "./one.ts";\n',
    rule: "noReExportAll",
  },
  {
    guarantee: "the site may import contracts",
    file: "packages/web/features/three.tsx",
    code: uses("@haru/core/post/post.contract"),
    rule: undefined,
  },
].map((given) => ("rule" in given ? given : { ...given, rule: "noRestrictedImports" }));

const tree = mkdtempSync(path.join(tmpdir(), "haru-layers-"));
let report = "";

beforeAll(() => {
  const {
    vcs: _vcs,
    $schema: _schema,
    ...settings
  } = JSON.parse(readFileSync(path.join(root, "biome.json"), "utf8"));
  writeFileSync(path.join(tree, "biome.json"), JSON.stringify(settings));
  for (const { file, code } of cases) {
    mkdirSync(path.dirname(path.join(tree, file)), { recursive: true });
    writeFileSync(path.join(tree, file), code);
  }
  const biome = path.join(root, "node_modules/.bin/biome");
  report = spawnSync(biome, ["lint", "--max-diagnostics=none", "--reporter=github"], {
    cwd: tree,
    encoding: "utf8",
  }).stdout;
});

afterAll(() => rmSync(tree, { recursive: true }));

test.each(cases)("$guarantee", ({ file, rule }) => {
  const lines = report.split("\n").filter((line) => line.includes(`/${file},`));
  if (rule) expect(lines.join("\n")).toContain(`/${rule}`);
  else expect(lines).toEqual([]);
});
