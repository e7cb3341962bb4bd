import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { type BuildParams, bundleFunction } from "./bundle.ts";
import { testFunction, testService } from "./test-function.ts";
import { watchFunctions } from "./watch.ts";

/** An app with three functions; `one` and `two` share a source. */
async function start() {
  const root = mkdtempSync(path.join(tmpdir(), "local-watch-"));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  const write = (file: string, text: string) => {
    mkdirSync(path.dirname(path.join(root, file)), { recursive: true });
    writeFileSync(path.join(root, file), text);
  };
  write("shared/word.ts", 'export const word: string = "first";');
  write("src/one.ts", 'import { word } from "../shared/word.ts";\nexport const handler = async () => word;');
  write("src/two.ts", 'import { word } from "../shared/word.ts";\nexport const handler = async () => word;');
  write("src/three.ts", "const id = Math.random();\nexport const handler = async () => id;");
  const params = (functionID: string): BuildParams => ({
    functionID,
    handler: `src/${functionID}.handler`,
    runtime: "nodejs24.x",
    links: {},
  });
  const rebuilds = new Map(
    ["one", "two", "three"].map((id) => [
      id,
      () => bundleFunction(params(id), { root, folder: path.join(root, ".bundles") }),
    ]),
  );
  const builds = await Promise.all([...rebuilds.values()].map((build) => build()));
  const { functions, lines } = testService(
    builds.map(({ functionId, folder, builtHandler }) => ({
      ...testFunction(functionId, ""),
      folder,
      handler: builtHandler,
    })),
  );
  const stop = watchFunctions({
    builds,
    rebuilds,
    functions,
    log: (line) => void lines.push(line),
  });
  onTestFinished(stop);
  const answer = (name: string) => expect.poll(() => functions.invoke(name, {}), { timeout: 20_000 });
  return { root, write, functions, lines, answer };
}

test("a changed source reloads the functions that use it, and no other", async () => {
  const { write, functions, answer } = await start();
  expect(await functions.invoke("one", {})).toBe("first");
  const three = await functions.invoke("three", {});
  write("shared/word.ts", 'export const word: string = "second";');
  await answer("one").toBe("second");
  await answer("two").toBe("second");
  expect(await functions.invoke("three", {})).toBe(three);
});

test("a file that an editor replaces instead of writing it is a change, too", async () => {
  const { root, write, answer } = await start();
  write("shared/word.ts.tmp", 'export const word: string = "replaced";');
  renameSync(path.join(root, "shared/word.ts.tmp"), path.join(root, "shared/word.ts"));
  await answer("one").toBe("replaced");
});

test("a mistake is said, the last good bundle goes on, and mending any file mends the function", async () => {
  const { write, functions, lines, answer } = await start();
  write("src/one.ts", 'import { word } from "./new.ts";\nexport const handler = async () => word;');
  const complaint = () => lines.find(({ level, source }) => level === "error" && source === "one")?.message;
  await expect.poll(complaint, { timeout: 20_000 }).toContain("src/one.ts:1:");
  expect(await functions.invoke("one", {})).toBe("first");
  write("src/new.ts", 'export const word = "new";');
  await answer("one").toBe("new");
  // The new file is a source from now on.
  write("src/new.ts", 'export const word = "newer";');
  await answer("one").toBe("newer");
});
