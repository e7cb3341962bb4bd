import { fileURLToPath } from "node:url";
import { type Faults, isNamed } from "./faults.ts";

const PRELOAD = fileURLToPath(new URL("./preload.ts", import.meta.url));

/** Variables of an execution environment that is opened now: its clock, and how long it takes to load. */
export function environmentFaults(functionName: string, faults: Faults): Record<string, string> {
  const drawOf = (kind: "clock" | "cold-start") =>
    faults.draw(
      "environment",
      faults.plan.environments.filter((one) => one.fault === kind && isNamed(one.function, functionName)),
    )?.milliseconds;
  const [clock, coldStart] = [drawOf("clock"), drawOf("cold-start")];
  if (clock === undefined && coldStart === undefined) return {};
  return {
    NODE_OPTIONS: `--import=${PRELOAD}`,
    LOCAL_CLOUD_CLOCK_MILLISECONDS: String(clock ?? 0),
    LOCAL_CLOUD_COLD_START_MILLISECONDS: String(coldStart ?? 0),
  };
}
