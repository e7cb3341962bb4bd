import { fork } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { hostilePictures } from "../../packages/core/test/hostile-pictures.ts";
import type { Figure } from "../figure.ts";
import type { End } from "./hostile-side.ts";

/** What the worker may take for a file, and what its function has. */
const goals = { seconds: 20, peakMb: 2048 } as const;

/** Every hostile file of the tests made into all files of a picture, as the worker would: what becomes of it, and what it costs. */
export async function measureHostile(): Promise<Figure[]> {
  const folder = mkdtempSync(path.join(tmpdir(), "haru-bench-"));
  try {
    const ends: (End & { readonly isRight: boolean })[] = [];
    process.stdout.write("| file | result | ms | peak MB |\n| --- | --- | --- | --- |\n");
    for (const { name, bytes, ends: right } of await hostilePictures()) {
      const file = path.join(folder, "picture");
      writeFileSync(file, bytes);
      const end = await look(file);
      ends.push({ ...end, isRight: right.some((one) => one === end.result) });
      const { result, milliseconds, peakMb } = end;
      process.stdout.write(`| ${name} | ${result} | ${milliseconds.toFixed(0)} | ${peakMb.toFixed(0)} |\n`);
    }
    const most = (of: (end: End) => number) => Math.max(...ends.map(of));
    return [
      { name: "hostile-files", value: ends.length, unit: "files" },
      {
        name: "hostile-unexpected",
        value: ends.filter(({ isRight }) => !isRight).length,
        unit: "files",
        goal: { operator: "<=", value: 0 },
      },
      {
        name: "hostile-slowest",
        value: most(({ milliseconds }) => milliseconds) / 1000,
        unit: "s",
        goal: { operator: "<=", value: goals.seconds },
      },
      {
        name: "hostile-peak",
        value: most(({ peakMb }) => peakMb),
        unit: "MB",
        goal: { operator: "<=", value: goals.peakMb },
      },
    ];
  } finally {
    rmSync(folder, { recursive: true });
  }
}

async function look(file: string): Promise<End> {
  const child = fork(path.join(import.meta.dirname, "hostile-side.ts"), [file], {
    execArgv: ["--import", "tsx"],
  });
  const ending = new AbortController();
  const { signal } = ending;
  try {
    const gone = once(child, "exit", { signal }).then(([code, killedBy]): [End] => [
      { result: `ended by ${killedBy ?? code}`, milliseconds: Number.NaN, peakMb: Number.NaN },
    ]);
    const [end] = (await Promise.race([once(child, "message", { signal }), gone])) as [End];
    return end;
  } finally {
    ending.abort();
    child.kill();
  }
}
