import { expect, test } from "vitest";
import { createTerminal } from "./terminal.ts";

test("without a terminal each step is one plain line with its time, and debug lines stay away", () => {
  const parts: string[] = [];
  const output = { isTTY: false, write: (part: string) => parts.push(part) > 0 };
  const terminal = createTerminal({ output: output as never, isVerbose: false });
  const done = terminal.step("Engines");
  terminal.log({ level: "debug", source: "engine", message: "hidden" });
  terminal.log({ level: "warn", source: "engine", message: "shown" });
  done("tables, objects");
  const text = parts.join("");
  expect(text).toMatch(/^\[engine\] shown\n {2}Engines {6,}0\.\d s {2}tables, objects\n$/);
  expect(text).not.toContain("\u001b");
});
