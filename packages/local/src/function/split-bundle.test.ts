import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, onTestFinished, test } from "vitest";
import { bundleShared } from "./shared-bundle.ts";
import { failure, testFunction, testService } from "./test-function.ts";

/** An app with functions whose dynamic imports are files of their own. */
function startApp() {
  const root = realpathSync(mkdtempSync(path.join(tmpdir(), "split-bundle-")));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  const write = (file: string, text: string) => {
    mkdirSync(path.dirname(path.join(root, file)), { recursive: true });
    writeFileSync(path.join(root, file), text);
  };
  write("package.json", '{ "type": "module" }');
  write("package-lock.json", "{}");
  write("src/shared.ts", 'export const greeting: string = "hello";');
  write(
    "src/part.ts",
    `import { greeting } from "./shared.ts";
export const word: string = greeting + " from the part";
export function fail(): never {
  throw new RangeError("too far");
}`,
  );
  write(
    "src/fn.ts",
    `import { greeting } from "./shared.ts";
export const handler = async ({ wants, afterMs = 0 }: { wants?: string; afterMs?: number }) => {
  if (!wants) return greeting;
  await new Promise((resolve) => setTimeout(resolve, afterMs));
  const { word, fail } = await import("./part.ts");
  return wants === "failure" ? fail() : word;
};`,
  );
  const bundle = (functionID = "fn") =>
    bundleShared(
      {
        functionID,
        handler: `src/${functionID}.handler`,
        runtime: "nodejs24.x",
        links: {},
        properties: { splitting: true },
      },
      { root, folder: path.join(root, "run") },
    );
  return { root, write, bundle };
}

async function startFunction() {
  const app = startApp();
  const { folder, builtHandler } = await app.bundle();
  const definition = { ...testFunction("fn", ""), folder, handler: builtHandler };
  const { functions } = testService([definition]);
  const part = () => readdirSync(folder).find((name) => /^part-.*\.mjs$/.test(name)) ?? "";
  return { ...app, folder, functions, part };
}

test("what is imported dynamically is a file of its own, which a call loads that needs it", async () => {
  const { folder, functions, part } = await startFunction();
  expect(readFileSync(path.join(folder, "bundle.mjs"), "utf8")).not.toContain("from the part");
  expect(readFileSync(path.join(folder, part()), "utf8")).toContain("from the part");
  expect(await functions.invoke("fn", {})).toBe("hello");
  expect(await functions.invoke("fn", { wants: "word" })).toBe("hello from the part");
});

test("an error in a part is told with the line of its source", async () => {
  const { functions, root } = await startFunction();
  const { trace } = await failure(functions.invoke("fn", { wants: "failure" }));
  expect(trace.join("\n")).toContain(`${path.join(root, "src/part.ts")}:4:`);
});

test("a part that is missing fails the call that needs it, with its name, and no other", async () => {
  const { folder, functions, part } = await startFunction();
  const name = part();
  rmSync(path.join(folder, name));
  const { errorMessage } = await failure(functions.invoke("fn", { wants: "word" }));
  expect(errorMessage).toMatch(new RegExp(`Cannot find module '.*/${name}' imported from .*/bundle.mjs`));
  expect(await functions.invoke("fn", {})).toBe("hello");
});

test("a call that runs while its function is bundled anew loads the part that it began with", async () => {
  const { write, bundle, functions } = await startFunction();
  await functions.invoke("fn", {});
  const running = functions.invoke("fn", { wants: "word", afterMs: 1_000 });
  await sleep(100);
  write("src/part.ts", 'export const word = "new"; export const fail = () => {};');
  await bundle();
  await functions.reload("fn");
  expect(await running).toBe("hello from the part");
  expect(await functions.invoke("fn", { wants: "word" })).toBe("new");
});

test("what is bundled later holds no part of an earlier bundle, and a mistake is that of its function alone", async () => {
  const { root, write, bundle } = startApp();
  await bundle();
  write("src/part.ts", 'export const word = "new"; export const fail = () => {};');
  write("src/wrong.ts", "export const handler = ;");
  const [wrong, right] = await Promise.allSettled([bundle("wrong"), bundle()]);
  expect(wrong).toMatchObject({
    reason: { message: expect.stringContaining('"wrong" could not be bundled') },
  });
  expect(right.status).toBe("fulfilled");
  const parts = readdirSync(path.join(root, ".sst/bundles/fn")).filter((name) => /^part-.*\.mjs$/.test(name));
  expect(parts).toHaveLength(1);
});
