import { AsyncLocalStorage } from "node:async_hooks";
import { randomBytes } from "node:crypto";
import type { MessageAttributeValue } from "@aws-sdk/client-sqs";
import type { Table } from "@haru/core/table";
import { newTraceparent, parseTraceparent, type Trace, traceparentOf } from "@haru/core/trace";
import type { DynamoDBStreamEvent, SQSRecord } from "aws-lambda";
import { logger } from "./log.ts";

/*
 * X-Ray follows requests and queues by itself. It knows neither of the browser before them nor of the table's
 * stream after them: a row carries the `traceparent` of what wrote it last.
 */

/** The attribute of a row. No entity has it in its model, so that no verb sees it. */
const attribute = "traceparent";

const current = new AsyncLocalStorage<string>();

/** Runs what belongs to a trace: its logs name the trace, and so do the rows that it writes. */
export function inTrace<Result>(
  traceparent: string | undefined,
  run: () => Promise<Result>,
): Promise<Result> {
  const trace = parseTraceparent(traceparent);
  return goOn(trace ? [trace] : [], run);
}

function goOn<Result>(traces: readonly Trace[], run: () => Promise<Result>): Promise<Result> {
  logger.appendKeys({ traceIds: [...new Set(traces.map(({ traceId }) => traceId))] });
  const [first] = traces;
  if (!first) return run();
  const parentId = randomBytes(8).toString("hex");
  return current.run(traceparentOf({ traceId: first.traceId, parentId }), run);
}

/** What goes with a message, so that whoever takes it goes on with the trace. */
export function tracedMessage(): { MessageAttributes?: Record<string, MessageAttributeValue> } {
  const traceparent = current.getStore();
  if (traceparent === undefined) return {};
  return { MessageAttributes: { [attribute]: { DataType: "String", StringValue: traceparent } } };
}

/** The trace that a message goes on with. */
export function traceOfMessage({ messageAttributes }: SQSRecord): string | undefined {
  return messageAttributes?.[attribute]?.stringValue;
}

/**
 * A handler of the table's stream whose logs name the traces of the rows. What it causes itself goes on
 * with the first row's.
 */
export function ofStream<Event extends DynamoDBStreamEvent, Rest extends unknown[], Result>(
  handle: (event: Event, ...rest: Rest) => Promise<Result>,
): (event: Event, ...rest: Rest) => Promise<Result> {
  return (event, ...rest) => {
    const traces = event.Records.flatMap(
      ({ dynamodb }) => parseTraceparent(dynamodb?.NewImage?.[attribute]?.S) ?? [],
    );
    return goOn(traces, () => handle(event, ...rest));
  };
}

/** What may stand before the first assignment of an update. */
const assigns = /(^|\s)SET\s/;

interface Write {
  Item?: Record<string, unknown>;
  UpdateExpression?: string;
  ExpressionAttributeNames?: Record<string, string>;
  ExpressionAttributeValues?: Record<string, unknown>;
}

/** Has every row that is put or updated carry the trace in which that happens. */
export function tracingWrites(table: Table): Table {
  table.client.middlewareStack.add(
    (next, { commandName }) =>
      (args) => {
        // What nobody asked for begins a trace, so that a row never names one that did not write it.
        const traceparent = current.getStore() ?? newTraceparent();
        return next({ ...args, input: traced(commandName, args.input, traceparent) as typeof args.input });
      },
    // Before the document client marks values with their types.
    { step: "serialize", priority: "high", name: "traceWrites" },
  );
  return table;
}

function traced(commandName: string | undefined, input: object, traceparent: string): object {
  if (commandName === "PutItemCommand") return traceWrite(input, traceparent);
  if (commandName === "UpdateItemCommand") return traceWrite(input, traceparent);
  if (commandName !== "TransactWriteItemsCommand") return input;
  const { TransactItems = [] } = input as { TransactItems?: readonly Record<string, object>[] };
  const items = TransactItems.map((item) => ({
    ...item,
    ...(item.Put ? { Put: traceWrite(item.Put, traceparent) } : {}),
    ...(item.Update ? { Update: traceWrite(item.Update, traceparent) } : {}),
  }));
  return { ...input, TransactItems: items };
}

function traceWrite(write: Write, traceparent: string): Write {
  if (write.Item) return { ...write, Item: { ...write.Item, [attribute]: traceparent } };
  const { UpdateExpression = "" } = write;
  const assignment = `SET #${attribute} = :${attribute}`;
  return {
    ...write,
    UpdateExpression: assigns.test(UpdateExpression)
      ? UpdateExpression.replace(assigns, `$1${assignment}, `)
      : `${assignment} ${UpdateExpression}`,
    ExpressionAttributeNames: { ...write.ExpressionAttributeNames, [`#${attribute}`]: attribute },
    ExpressionAttributeValues: { ...write.ExpressionAttributeValues, [`:${attribute}`]: traceparent },
  };
}
