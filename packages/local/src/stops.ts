import type { Log } from "./cloud.ts";

/** One part that does not end must not keep the others from ending. */
const LIMIT_MS = 10_000;

type Task = () => Promise<void> | void;

/** What has to be done at the stop, last added first. */
export interface Stops {
  add(task: Task): void;
  /** Does it all, whatever fails on the way. A second call waits for the first. */
  run(): Promise<void>;
}

export function createStops(log: Log): Stops {
  const tasks: Task[] = [];
  let running: Promise<void> | undefined;
  let isOver = false;

  async function runAll(): Promise<void> {
    for (let task = tasks.pop(); task; task = tasks.pop()) {
      const problem = await withinLimit(task);
      if (problem) log({ level: "warn", source: "stop", message: problem });
    }
    isOver = true;
  }

  return {
    add(task) {
      tasks.push(task);
      // A part that was still starting when the stop was over: it ends at once.
      if (isOver) void runAll();
    },
    run() {
      running ??= runAll();
      return running;
    },
  };
}

async function withinLimit(task: Task): Promise<string | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const tooLate = new Promise<string>((resolve) => {
    timer = setTimeout(() => resolve(`A part did not stop within ${LIMIT_MS / 1000} seconds.`), LIMIT_MS);
  });
  try {
    const done = Promise.resolve(task()).then(() => undefined);
    return await Promise.race([done, tooLate]);
  } catch (error) {
    return `A part did not stop cleanly: ${(error as Error).message}`;
  } finally {
    clearTimeout(timer);
  }
}
