import type { Engines } from "../engines.ts";
import type { Faults } from "./faults.ts";

/** Kills engines again and again, as the plan says. Whoever watches over them starts them again. */
export function startKills(engines: Pick<Engines, "dynamodb">, faults: Faults): () => void {
  const timers = faults.plan.kills.map(({ engine, everySeconds }) =>
    setInterval(() => {
      if (!faults.areOn) return;
      try {
        process.kill(engines[engine].pid, "SIGKILL");
        faults.note(`${engine} killed`);
      } catch {
        // It is being started again right now.
      }
    }, everySeconds * 1000),
  );
  return () => timers.forEach(clearInterval);
}
