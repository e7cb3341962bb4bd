import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, expect, test } from "vitest";
import { lockHolder, takeLock } from "./lock-file.ts";

const folder = mkdtempSync(path.join(tmpdir(), "lock-file-"));
afterAll(() => rmSync(folder, { recursive: true }));

/** Another process that takes the lock, says whether it has it, and runs on until it is killed. */
async function taker(file: string) {
  const program = `
    const { takeLock } = await import(${JSON.stringify(path.join(import.meta.dirname, "lock-file.ts"))});
    process.stdout.write(String(takeLock(${JSON.stringify(file)})));
    setInterval(() => {}, 1000);`;
  const child = spawn(process.execPath, ["--input-type=module", "--eval", program], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const [answer] = await once(child.stdout, "data");
  return {
    pid: child.pid,
    has: String(answer) === "true",
    async kill() {
      child.kill("SIGKILL");
      await once(child, "exit");
    },
  };
}

test("of many processes one has the lock, the others leave nothing, and a killed one gives it up", async () => {
  const file = path.join(folder, "lock");
  const takers = await Promise.all(Array.from({ length: 6 }, () => taker(file)));
  const holders = takers.filter(({ has }) => has);
  expect(holders).toHaveLength(1);
  expect(lockHolder(file)).toBe(holders[0]?.pid);
  expect(takeLock(file)).toBe(false);
  expect(readdirSync(folder)).toEqual(["lock"]);
  await Promise.all(takers.map((one) => one.kill()));
  expect(lockHolder(file)).toBeUndefined();
  expect(takeLock(file)).toBe(true);
  expect(lockHolder(file)).toBe(process.pid);
});

test("a lock that is given up and taken all the time is never had by two, and never fails", async () => {
  const file = path.join(folder, "often");
  const inside = path.join(folder, "inside");
  const program = `
    const { mkdirSync, rmdirSync, rmSync } = await import("node:fs");
    const { takeLock } = await import(${JSON.stringify(path.join(import.meta.dirname, "lock-file.ts"))});
    for (let taken = 0; taken < 300; ) {
      if (!takeLock(${JSON.stringify(file)})) continue;
      mkdirSync(${JSON.stringify(inside)});
      rmdirSync(${JSON.stringify(inside)});
      rmSync(${JSON.stringify(file)});
      taken++;
    }`;
  const codes = await Promise.all(
    Array.from({ length: 4 }, async () => {
      const child = spawn(process.execPath, ["--input-type=module", "--eval", program], { stdio: "inherit" });
      const [code] = await once(child, "exit");
      return code;
    }),
  );
  expect(codes).toEqual([0, 0, 0, 0]);
});
