import type { Resource } from "../resource.ts";

/** Whose failures end in a queue. */
export interface FailureSource {
  /** What takes a bare message again: the ARN of a queue or a function; absent where messages say it themselves. */
  readonly takes?: string;
  /** Name of the component. */
  readonly label: string;
}

/** The component that a resource belongs to, as the program names it. */
export function labelOf({ parent, name }: Pick<Resource, "parent" | "name">): string {
  return parent?.split("::").at(-1) ?? name;
}

/** By the ARN of a queue: what sends its failures there. */
export function failureSources(
  resources: readonly Resource[],
): ReadonlyMap<string, readonly FailureSource[]> {
  const sources = new Map<string, FailureSource[]>();
  const add = (queueArn: unknown, source: FailureSource) => {
    if (typeof queueArn !== "string") return;
    sources.set(queueArn, [...(sources.get(queueArn) ?? []), source]);
  };
  for (const resource of resources) {
    const { type, inputs, state } = resource;
    const label = labelOf(resource);
    switch (type) {
      case "aws:sqs/queue:Queue":
        add(deadLetterTarget(inputs.redrivePolicy), { takes: state.arn, label });
        break;
      case "aws:lambda/function:Function":
        add(inputs.deadLetterConfig?.targetArn, { takes: state.arn, label });
        break;
      case "aws:lambda/eventSourceMapping:EventSourceMapping":
        add(inputs.destinationConfig?.onFailure?.destinationArn, { label });
        break;
      case "aws:lambda/functionEventInvokeConfig:FunctionEventInvokeConfig":
        add(inputs.destinationConfig?.onFailure?.destination, { label });
        break;
      case "aws:scheduler/schedule:Schedule":
        add(inputs.target?.deadLetterConfig?.arn, { takes: inputs.target?.arn, label });
        break;
      case "aws:cloudwatch/eventTarget:EventTarget":
        add(inputs.deadLetterConfig?.arn, { takes: inputs.arn, label });
    }
  }
  return sources;
}

function deadLetterTarget(redrivePolicy: unknown): unknown {
  if (typeof redrivePolicy !== "string" || redrivePolicy === "") return undefined;
  return JSON.parse(redrivePolicy).deadLetterTargetArn;
}
