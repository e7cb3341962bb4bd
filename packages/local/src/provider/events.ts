import { randomUUID } from "node:crypto";
import { ACCOUNT_ID, type Providers, REGION } from "../cloud.ts";
import { scheduleTarget, toEventTime } from "../mapping/schedule-target.ts";

/** Settings of a target that change its event and that are not known here. */
const UNKNOWN_SETTINGS = ["inputPath", "inputTransformer", "ecsTarget", "batchTarget", "kinesisTarget"];

/** Rules of EventBridge that run on a schedule, always in UTC. */
export const eventsProviders: Providers = {
  "aws:cloudwatch/eventRule:EventRule": async ({ name, inputs }) => {
    if (inputs.eventPattern || !inputs.scheduleExpression) {
      throw new Error("only rules that run on a schedule are known, since no events are sent to a bus here.");
    }
    const ruleName: string = inputs.name ?? name;
    const arn = `arn:aws:events:${REGION}:${ACCOUNT_ID}:rule/${ruleName}`;
    return { id: ruleName, state: { name: ruleName, arn } };
  },
  "aws:cloudwatch/eventTarget:EventTarget": async ({ name, inputs }, cloud) => {
    const rule = cloud.resources.find(
      ({ type, state }) => type === "aws:cloudwatch/eventRule:EventRule" && state.name === inputs.rule,
    );
    if (!rule) throw new Error(`there is no rule ${inputs.rule}.`);
    const unknown = UNKNOWN_SETTINGS.find((setting) => inputs[setting] !== undefined);
    if (unknown) throw new Error(`the setting ${unknown} of a target is not known.`);
    const isEnabled = (rule.inputs.state ?? "ENABLED") !== "DISABLED" && rule.inputs.isEnabled !== false;
    const times = { expression: String(rule.inputs.scheduleExpression), timeZone: "UTC" };
    const event = (scheduledAt: number) =>
      inputs.input === undefined ? scheduledEvent(rule.state.arn, scheduledAt) : JSON.parse(inputs.input);
    const deadLetter: string | undefined = inputs.deadLetterConfig?.arn;
    if (isEnabled)
      scheduleTarget(times, { name: rule.state.name, arn: inputs.arn, event, deadLetter }, cloud);
    return { id: name, state: {} };
  },
};

/** What a target gets that has no input of its own. */
function scheduledEvent(ruleArn: string, scheduledAt: number): unknown {
  return {
    version: "0",
    id: randomUUID(),
    "detail-type": "Scheduled Event",
    source: "aws.events",
    account: ACCOUNT_ID,
    time: toEventTime(scheduledAt),
    region: REGION,
    resources: [ruleArn],
    detail: {},
  };
}
