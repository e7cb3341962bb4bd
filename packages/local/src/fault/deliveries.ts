import { setTimeout as sleep } from "node:timers/promises";
import { type FunctionService, TooManyRequestsError } from "../cloud.ts";
import { functionName } from "../function/service.ts";
import { type Faults, isNamed } from "./faults.ts";

interface Batch {
  readonly Records: readonly { readonly eventSource?: string }[];
}

/** A function service whose batches, of queues and streams, go wrong as the plan says. */
export function withDeliveryFaults(functions: FunctionService, faults: Faults): FunctionService {
  return {
    ...functions,
    async invoke(nameOrArn, event, trace) {
      if (!isBatch(event)) return functions.invoke(nameOrArn, event, trace);
      const candidates = faults.plan.deliveries.filter((one) =>
        isNamed(one.function, functionName(nameOrArn)),
      );
      const fault = faults.draw("delivery", candidates);
      switch (fault?.fault) {
        case "throttle":
          throw new TooManyRequestsError("Rate Exceeded. A fault on purpose.");
        case "slow":
          await sleep(fault.milliseconds);
          return functions.invoke(nameOrArn, event, trace);
        case "reversed": {
          const isStream = event.Records.some(({ eventSource }) => eventSource === "aws:dynamodb");
          const Records = isStream ? event.Records : event.Records.toReversed();
          return functions.invoke(nameOrArn, { ...event, Records }, trace);
        }
        case "twice":
          await functions.invoke(nameOrArn, event, trace);
          return functions.invoke(nameOrArn, event, trace);
        case "lost-answer":
          await functions.invoke(nameOrArn, event, trace);
          throw new Error("The answer was lost. A fault on purpose.");
        default:
          return functions.invoke(nameOrArn, event, trace);
      }
    },
  };
}

function isBatch(event: unknown): event is Batch {
  return Array.isArray((event as Partial<Batch> | null)?.Records);
}
