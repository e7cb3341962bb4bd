import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { expect, test } from "vitest";
import { testFunction } from "./test-function.ts";

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

test("a local cloud that is killed leaves no execution environment behind", async () => {
  const definition = testFunction(
    "pid",
    "export const handler = async (wait) => wait ? new Promise(() => setInterval(() => {}, 1000)) : process.pid;",
  );
  const program = `
    import { createFunctionService } from ${JSON.stringify(new URL("./service.ts", import.meta.url).href)};
    const functions = createFunctionService({
      baseEnvironment: () => ({}),
      destinations: { deliver: async () => {} },
      log: () => {},
    });
    functions.define(${JSON.stringify(definition)});
    console.log(await functions.invoke("pid", false));
    functions.invoke("pid", true);`;
  const parent = spawn(process.execPath, ["--input-type=module", "--eval", program], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const [line] = await Promise.race([
    new Promise<string[]>((resolve) =>
      createInterface(parent.stdout).once("line", (text) => resolve([text])),
    ),
    new Promise<string[]>((resolve) => parent.once("exit", () => resolve([]))),
  ]);
  const pid = Number(line);
  expect(isAlive(pid)).toBe(true);
  parent.kill("SIGKILL");
  await expect.poll(() => isAlive(pid), { timeout: 5_000 }).toBe(false);
});
