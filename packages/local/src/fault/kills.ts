import type { Engines } from "../engines.ts";
import type { Faults } from "./faults.ts";
import type { Gate } from "./gate.ts";

/**
 * Kills engines again and again, as the plan says, and whoever watches over them starts them again. No call is on
 * its way at that moment: the table engine answers before it has written for good, and would forget what
 * DynamoDB never forgets. (An answer that is lost is a fault of its own.)
 */
export function startKills(
  engines: Pick<Engines, "dynamodb">,
  gates: { readonly dynamodb: Pick<Gate, "inSilence"> },
  faults: Faults,
): () => void {
  const timers = faults.plan.kills.map(({ engine, everySeconds }) =>
    setInterval(async () => {
      if (!faults.areOn) return;
      await gates[engine].inSilence(() => {
        try {
          process.kill(engines[engine].pid, "SIGKILL");
          faults.note(`${engine} killed`);
        } catch {
          // It is being started again right now.
        }
      });
    }, everySeconds * 1000),
  );
  return () => timers.forEach(clearInterval);
}
