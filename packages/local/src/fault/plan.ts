import { readFileSync } from "node:fs";
import * as z from "zod";

/** How often something happens: 0 never, 1 always. */
const share = z.number().min(0).max(1);

/** A name, or a pattern with `*`. */
const pattern = z.string().min(1).default("*");

const callFaultSchema = z.strictObject({
  service: z.enum(["dynamodb", "s3", "sqs", "cognito", "lambda"]),
  /** As IAM names it, without the service: `PutItem`, `*Item`. */
  operation: pattern,
  /** Physical name of the function that calls. */
  function: pattern,
  /**
   * - `throttle`, `error`: the service's own answer for too many calls, or for a mistake of its own; nothing happens
   * - `slow`: the call is made after `milliseconds`
   * - `timeout`: nobody answers, and after `milliseconds` the connection ends; nothing happens
   * - `lost-answer`: the call is made, and the connection ends instead of the answer
   */
  fault: z.enum(["throttle", "error", "slow", "timeout", "lost-answer"]),
  share,
  milliseconds: z.int().min(0).max(120_000).default(1000),
});

const deliverySchema = z.strictObject({
  function: pattern,
  /**
   * - `twice`: a batch that was handled comes again
   * - `lost-answer`: a batch is handled, and its source does not hear of it
   * - `throttle`: the function may not be called now
   * - `reversed`: the messages of a batch come last first; streams keep their order
   * - `slow`: a batch comes after `milliseconds`
   */
  fault: z.enum(["twice", "lost-answer", "throttle", "reversed", "slow"]),
  share,
  milliseconds: z.int().min(0).max(120_000).default(1000),
});

const environmentSchema = z.strictObject({
  function: pattern,
  /** - `cold-start`: loading takes that much longer - `clock`: its clock is ahead by that much, or behind when negative */
  fault: z.enum(["cold-start", "clock"]),
  share,
  milliseconds: z.int().min(-86_400_000).max(86_400_000),
});

const planSchema = z.strictObject({
  /** Draws the same faults for the same calls in the same order. */
  seed: z.int().default(1),
  calls: z.array(callFaultSchema).default([]),
  deliveries: z.array(deliverySchema).default([]),
  environments: z.array(environmentSchema).default([]),
  /** Engines that are killed, and started again by whoever watches over them. */
  kills: z
    .array(z.strictObject({ engine: z.literal("dynamodb"), everySeconds: z.number().min(1) }))
    .default([]),
});

/** What goes wrong on purpose. */
export type FaultPlan = z.infer<typeof planSchema>;
export type CallFault = FaultPlan["calls"][number];

/** @throws Error with one sentence that names the place in the plan that is not understood */
export function readPlan(given: unknown): FaultPlan {
  const parsed = planSchema.safeParse(given);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new Error(`The plan of faults is wrong at ${issue?.path.join(".") || "its top"}: ${issue?.message}.`);
}

/** @throws Error with one sentence when there is no such file, or no plan in it */
export function readPlanFile(file: string): FaultPlan {
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch {
    throw new Error(`There is no plan of faults in ${file}.`);
  }
  try {
    return readPlan(JSON.parse(text));
  } catch (error) {
    if (error instanceof SyntaxError)
      throw new Error(`The plan of faults ${file} is no JSON: ${error.message}.`);
    throw error;
  }
}
