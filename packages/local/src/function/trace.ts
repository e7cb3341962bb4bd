import { randomBytes } from "node:crypto";

/** Where a call stands in a trace. Ids are as W3C's Trace Context has them: 32 and 16 hexadecimal digits. */
export interface Trace {
  readonly traceId: string;
  /** This call. */
  readonly spanId: string;
  /** What caused it; absent where a trace begins. */
  readonly parentId?: string;
  /** Further traces that a batch continues, besides the first one's. */
  readonly otherTraceIds: readonly string[];
}

interface Carried {
  readonly traceId: string;
  readonly parentId: string;
}

/** More would make the records of large batches long. */
const MAXIMUM_TRACES = 20;

/**
 * Finds the traces that an event carries: in the header `traceparent` of a request or a handshake, in the
 * message attribute `traceparent` or the system attribute `AWSTraceHeader` of queue messages, and in the
 * text attribute `traceparent` of the rows of a stream. A call whose event carries none begins a trace.
 * @param header the caller's `X-Amzn-Trace-Id`, which AWS's SDKs send with a direct invocation
 */
export function traceOf(event: unknown, header?: string): Trace {
  const carried = [...carriedBy(event), parseTraceHeader(header)].filter((one) => one !== undefined);
  const [first] = carried;
  const spanId = randomBytes(8).toString("hex");
  if (!first) return { traceId: randomBytes(16).toString("hex"), spanId, otherTraceIds: [] };
  const others = new Set(carried.map(({ traceId }) => traceId));
  others.delete(first.traceId);
  return { ...first, spanId, otherTraceIds: [...others].slice(0, MAXIMUM_TRACES) };
}

/** As Lambda's runtime has it in `_X_AMZN_TRACE_ID`: X-Ray's ids are W3C's, cut after the eighth digit. */
export function traceHeader({ traceId, spanId }: Trace): string {
  return `Root=1-${traceId.slice(0, 8)}-${traceId.slice(8)};Parent=${spanId};Sampled=1`;
}

function carriedBy(event: unknown): (Carried | undefined)[] {
  const headers = read(event, "headers");
  if (headers !== undefined) {
    const named = Object.entries(headers as object).find(([name]) => name.toLowerCase() === "traceparent");
    return [parseTraceparent(named?.[1])];
  }
  const records = read(event, "Records");
  return Array.isArray(records) ? records.map(carriedByRecord) : [];
}

function carriedByRecord(record: unknown): Carried | undefined {
  const attribute = read(record, "messageAttributes", "traceparent", "stringValue");
  const written = read(record, "dynamodb", "NewImage", "traceparent", "S");
  return (
    parseTraceparent(attribute ?? written) ?? parseTraceHeader(read(record, "attributes", "AWSTraceHeader"))
  );
}

function read(value: unknown, ...names: readonly string[]): unknown {
  return names.reduce<unknown>(
    (at, name) => (typeof at === "object" && at !== null ? (at as Record<string, unknown>)[name] : undefined),
    value,
  );
}

/** W3C's header, in any version: `00-<trace>-<parent>-<flags>`. */
function parseTraceparent(text: unknown): Carried | undefined {
  if (typeof text !== "string") return undefined;
  const [, traceId, parentId] = /^[0-9a-f]{2}-([0-9a-f]{32})-([0-9a-f]{16})-[0-9a-f]{2}/.exec(text) ?? [];
  return carried(traceId, parentId);
}

/** X-Ray's header: `Root=1-<8>-<24>;Parent=<16>;…`. */
function parseTraceHeader(text: unknown): Carried | undefined {
  if (typeof text !== "string") return undefined;
  const [, time = "", rest = ""] = /\bRoot=1-([0-9a-f]{8})-([0-9a-f]{24})\b/.exec(text) ?? [];
  return carried(time + rest, /\bParent=([0-9a-f]{16})\b/.exec(text)?.[1]);
}

/** Ids of zeros alone are not valid. */
function carried(traceId: string | undefined, parentId: string | undefined): Carried | undefined {
  if (!traceId || !parentId || /^0+$/.test(traceId) || /^0+$/.test(parentId)) return undefined;
  return { traceId, parentId };
}
