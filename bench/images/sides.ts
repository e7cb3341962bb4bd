import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { startObjects } from "../../packages/core/test/objects.ts";
import { startTable } from "../../packages/core/test/table.ts";
import type { Answer, Engines, Request } from "./side.ts";

/** Runs something beside a table, a store of objects and a folder of its own. */
export async function withEngines<Result>(
  run: (engines: Engines, folder: string) => Promise<Result>,
): Promise<Result> {
  const folder = mkdtempSync(path.join(tmpdir(), "haru-bench-"));
  const [table, store] = await Promise.all([startTable(), startObjects()]);
  const engines: Engines = {
    dynamodbUrl: table.url,
    tableName: table.table.table,
    s3Url: store.url,
    bucket: store.objects.bucket,
  };
  try {
    return await run(engines, folder);
  } finally {
    await Promise.all([table.stop(), store.stop()]);
    rmSync(folder, { recursive: true });
  }
}

export function startSide(side: "worker" | "bare", engines: Engines): ChildProcess {
  return fork(path.join(import.meta.dirname, "side.ts"), [side, JSON.stringify(engines)], {
    execArgv: ["--import", "tsx"],
  });
}

export async function ask(child: ChildProcess, request: Request): Promise<Answer> {
  const ending = new AbortController();
  const { signal } = ending;
  child.send(request);
  try {
    const gone = once(child, "exit", { signal }).then(() => {
      throw new Error("A side of the bench ended early.");
    });
    const [answer] = (await Promise.race([once(child, "message", { signal }), gone])) as [Answer];
    return answer;
  } finally {
    ending.abort();
  }
}
