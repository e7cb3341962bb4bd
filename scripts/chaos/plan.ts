import { type FaultPlan, readPlan } from "../../packages/local/src/fault/plan.ts";

/** A bad day on AWS: every service fails now and then, deliveries repeat, starts are slow, and the table's engine dies. */
export function mixedPlan(seed: number): FaultPlan {
  return readPlan({
    seed,
    calls: [
      { service: "dynamodb", fault: "throttle", share: 0.03 },
      { service: "dynamodb", fault: "error", share: 0.02 },
      { service: "dynamodb", fault: "lost-answer", share: 0.02 },
      { service: "dynamodb", fault: "slow", share: 0.03, milliseconds: 300 },
      { service: "dynamodb", fault: "timeout", share: 0.003, milliseconds: 3000 },
      { service: "s3", fault: "error", share: 0.04 },
      { service: "s3", fault: "throttle", share: 0.03 },
      { service: "s3", fault: "lost-answer", share: 0.03 },
      { service: "sqs", fault: "error", share: 0.05 },
      { service: "sqs", fault: "lost-answer", share: 0.05 },
      { service: "lambda", fault: "throttle", share: 0.1 },
    ],
    deliveries: [
      { fault: "twice", share: 0.08 },
      { fault: "lost-answer", share: 0.08 },
      { fault: "throttle", share: 0.05 },
      { fault: "reversed", share: 0.1 },
      { fault: "slow", share: 0.1, milliseconds: 400 },
    ],
    environments: [
      { fault: "cold-start", share: 0.3, milliseconds: 600 },
      { fault: "clock", share: 0.2, milliseconds: 20_000 },
    ],
    kills: [{ engine: "dynamodb", everySeconds: 25 }],
  });
}
