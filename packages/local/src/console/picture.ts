import type { Cloud } from "../cloud.ts";
import { functionName } from "../function/service.ts";
import { principalOf } from "../iam/principals.ts";
import type { Resource } from "../resource.ts";
import { failureSources, labelOf } from "./failure-source.ts";
import type { ConnectionView, FunctionView, PartKind, PartView, PictureView } from "./view.ts";

const KINDS: Readonly<Record<string, PartKind>> = {
  "aws:cloudfront/distribution:Distribution": "door",
  "aws:apigatewayv2/api:Api": "api",
  "aws:scheduler/schedule:Schedule": "schedule",
  "aws:cloudwatch/eventRule:EventRule": "schedule",
  "aws:lambda/function:Function": "function",
  "aws:dynamodb/table:Table": "table",
  "aws:sqs/queue:Queue": "queue",
  "aws:s3/bucket:Bucket": "bucket",
  "aws:cognito/userPool:UserPool": "people",
  "aws:sns/topic:Topic": "other",
  "aws:opensearch/domain:Domain": "other",
  "aws:sesv2/emailIdentity:EmailIdentity": "other",
};

/** What a mapping does under its function's role: that it reads the stream or the queue is drawn already. */
const MAPPING_ACTIONS = new Set([
  "dynamodb:DescribeStream",
  "dynamodb:GetRecords",
  "dynamodb:GetShardIterator",
  "dynamodb:ListStreams",
  "sqs:ChangeMessageVisibility",
  "sqs:DeleteMessage",
  "sqs:GetQueueAttributes",
  "sqs:GetQueueUrl",
  "sqs:ReceiveMessage",
]);

const READING = /^[\w-]+:(Get|List|Describe|Query|Scan|BatchGet|ConditionCheck|Admin(Get|List))/;

/** Gathers connections: several between the same two parts are one. */
function createConnections() {
  const connections = new Map<string, { view: ConnectionView; by: Set<string> }>();
  return {
    add(from: string | undefined, to: string | undefined, kind: ConnectionView["kind"], by?: string): void {
      if (!from || !to) return;
      const key = `${from} ${to} ${kind}`;
      const known = connections.get(key) ?? { view: { from, to, kind, by: [] }, by: new Set<string>() };
      if (by) known.by.add(by);
      connections.set(key, known);
    },
    all: () => [...connections.values()].map(({ view, by }) => ({ ...view, by: [...by] })),
  };
}

/** Reads out of the synthesis what calls what. */
export function drawPicture(cloud: Cloud, functions: readonly FunctionView[]): PictureView {
  const { resources } = cloud;
  const failures = failureSources(resources);
  const drawn = resources.filter(({ type }) => type in KINDS);
  const byArn = new Map(drawn.map(({ state, urn }) => [String(state.arn), urn]));
  const functionUrn = (nameOrArn: unknown) =>
    typeof nameOrArn === "string" ? byArn.get(arnOfFunction(nameOrArn, cloud)) : undefined;
  const target = (arn: unknown) => functionUrn(arn) ?? byArn.get(String(arn));
  const connections = createConnections();
  const { add } = connections;

  const doors = drawn.filter(({ type }) => KINDS[type] === "door");
  for (const resource of resources) {
    const { type, inputs, state, urn } = resource;
    switch (type) {
      case "aws:apigatewayv2/api:Api":
        for (const door of doors) add(door.urn, urn, "calls");
        break;
      case "aws:apigatewayv2/route:Route":
        add(
          apiUrn(resource, resources),
          functionUrn(integrationOf(resource, resources)),
          "calls",
          inputs.routeKey,
        );
        break;
      case "aws:lambda/functionUrl:FunctionUrl":
        for (const door of doors) add(door.urn, functionUrn(inputs.functionName), "calls");
        break;
      case "aws:lambda/eventSourceMapping:EventSourceMapping":
        add(
          byArn.get(tableOrQueue(inputs.eventSourceArn)),
          functionUrn(inputs.functionName),
          "calls",
          "changes",
        );
        add(
          functionUrn(inputs.functionName),
          byArn.get(inputs.destinationConfig?.onFailure?.destinationArn),
          "fails",
        );
        break;
      case "aws:s3/bucketNotification:BucketNotification": {
        const bucket = drawn.find((one) => KINDS[one.type] === "bucket" && one.id === inputs.bucket);
        for (const { queueArn } of inputs.queues ?? [])
          add(bucket?.urn, target(queueArn), "calls", "objects");
        for (const { lambdaFunctionArn } of inputs.lambdaFunctions ?? []) {
          add(bucket?.urn, target(lambdaFunctionArn), "calls", "objects");
        }
        break;
      }
      case "aws:scheduler/schedule:Schedule":
        add(urn, target(inputs.target?.arn), "calls", inputs.scheduleExpression);
        break;
      case "aws:cloudwatch/eventTarget:EventTarget": {
        const rule = drawn.find((one) => KINDS[one.type] === "schedule" && one.state.name === inputs.rule);
        add(rule?.urn, target(inputs.arn), "calls", rule?.inputs.scheduleExpression);
        break;
      }
      case "aws:cognito/userPool:UserPool":
        for (const [trigger, arn] of Object.entries(inputs.lambdaConfig ?? {})) {
          add(urn, functionUrn(arn), "calls", trigger);
        }
        break;
      case "aws:sqs/queue:Queue":
        for (const { takes } of failures.get(state.arn) ?? []) if (takes) add(target(takes), urn, "fails");
        break;
      case "aws:lambda/function:Function":
        for (const { to, action } of allowedBy(resource, resources, byArn)) {
          const isFailure = failures.has(arnOf(to, drawn));
          if (isFailure) add(urn, to, "fails");
          else add(urn, to, READING.test(action) ? "reads" : "writes", action);
        }
    }
  }
  const labels = new Map(functions.map((one) => [one.name, one.label]));
  return {
    parts: drawn.map((resource) => partOf(resource, labels, failures.has(resource.state.arn))),
    connections: withoutNeedless(connections.all()),
  };
}

function partOf(resource: Resource, labels: ReadonlyMap<string, string>, isForFailures: boolean): PartView {
  const { type, urn, inputs, declaredAt } = resource;
  const kind = isForFailures ? "failures" : (KINDS[type] ?? "other");
  const label = (kind === "function" && labels.get(inputs.name)) || labelOf(resource);
  // The noun: `media` of `media-work`, `events/media` and `media.rebuild`.
  const group = kind === "function" ? (/^(?:.*\/)?([^-.]+)/.exec(label)?.[1] ?? label) : label;
  return { id: urn, kind, label, group, ...(declaredAt ? { declaredAt } : {}) };
}

/** A part that is written is not said to be read as well. */
function withoutNeedless(all: readonly ConnectionView[]): ConnectionView[] {
  const written = new Map(
    all.filter(({ kind }) => kind === "writes").map((one) => [`${one.from} ${one.to}`, one]),
  );
  return all.flatMap((one) => {
    const writing = written.get(`${one.from} ${one.to}`);
    if (one.kind === "reads" && writing) return [];
    if (one !== writing) return [one];
    const reading = all.find(({ from, to, kind }) => kind === "reads" && from === one.from && to === one.to);
    return [{ ...one, by: [...one.by, ...(reading?.by ?? [])] }];
  });
}

/** What the policies of a function let it do with parts of the picture. */
function allowedBy(
  resource: Resource,
  resources: readonly Resource[],
  byArn: ReadonlyMap<string, string>,
): { readonly to: string; readonly action: string }[] {
  if (!resource.inputs.role) return [];
  const { statements } = principalOf({ name: resource.inputs.name }, resources);
  return statements
    .filter(({ effect }) => effect === "Allow")
    .flatMap(({ actions, resources: patterns }) =>
      [...byArn]
        .filter(([arn]) => patterns.some((pattern) => isWithin(pattern, arn)))
        .flatMap(([, to]) => actions.map((action) => ({ to, action }))),
    )
    .filter(({ action }) => !MAPPING_ACTIONS.has(action));
}

/** True for the part itself, and for what is inside of it: an index, an object. Everything (`*`) is nobody's. */
function isWithin(pattern: string, arn: string): boolean {
  return pattern === arn || pattern.startsWith(`${arn}/`) || pattern.startsWith(`${arn}:`);
}

function arnOf(urn: string, drawn: readonly Resource[]): string {
  return String(drawn.find((one) => one.urn === urn)?.state.arn);
}

function arnOfFunction(nameOrArn: string, { functions }: Cloud): string {
  return functions.get(functionName(nameOrArn))?.arn ?? nameOrArn;
}

/** The table of a stream, or the queue. */
function tableOrQueue(eventSourceArn: unknown): string {
  return String(eventSourceArn).replace(/\/stream\/.*$/, "");
}

function apiUrn({ inputs }: Resource, resources: readonly Resource[]): string | undefined {
  return resources.find(({ type, id }) => type === "aws:apigatewayv2/api:Api" && id === inputs.apiId)?.urn;
}

/** The function behind a route. */
function integrationOf({ inputs }: Resource, resources: readonly Resource[]): string | undefined {
  const id = String(inputs.target).replace(/^integrations\//, "");
  const integration = resources.find(
    (one) => one.type === "aws:apigatewayv2/integration:Integration" && one.id === id,
  );
  const uri: string | undefined = integration?.inputs.integrationUri;
  return /\/functions\/(.+)\/invocations$/.exec(uri ?? "")?.[1] ?? uri;
}
