import { createServer } from "node:net";
import { expect, test } from "vitest";
import { explain } from "./explain.ts";

test("a taken port is one sentence with its number", async () => {
  const first = createServer().listen(0, "127.0.0.1");
  await new Promise((resolve) => first.once("listening", resolve));
  const { port } = first.address() as { port: number };
  const second = createServer().listen(port, "127.0.0.1");
  const error = await new Promise((resolve) => second.once("error", resolve));
  expect(explain(error)).toBe(`The port ${port} is taken by another program: stop it and start again.`);
  first.close();
});

test("a full disk is one sentence that says what to do", () => {
  const error = Object.assign(new Error("ENOSPC: no space left on device, write"), { code: "ENOSPC" });
  expect(explain(error)).toBe("The disk is full: make room and start again.");
});

test("any other error is its message, without a stack", () => {
  expect(explain(new Error("The table engine died."))).toBe("The table engine died.");
});
