import type { CallView } from "../view.ts";

/** One call in a trace, below what caused it. */
export interface Span {
  readonly call: CallView;
  /** How many of its causes are known: 0 for those that come from outside. */
  readonly depth: number;
  /** From the beginning of the trace, in milliseconds. */
  readonly offsetMs: number;
  readonly elapsedMs: number;
}

export interface TraceShape {
  readonly traceId: string;
  readonly startedAt: number;
  /** Until the last known end. */
  readonly elapsedMs: number;
  /** In the order in which they began, each below its cause. */
  readonly spans: readonly Span[];
}

/** The traces of calls, the newest first. A batch that continues several stands in each of them. */
export function traceShapes(calls: Iterable<CallView>, now: number): TraceShape[] {
  const byTrace = new Map<string, CallView[]>();
  for (const call of calls) {
    for (const traceId of [call.traceId, ...call.otherTraceIds]) {
      const known = byTrace.get(traceId);
      if (known) known.push(call);
      else byTrace.set(traceId, [call]);
    }
  }
  const shapes = [...byTrace].map(([traceId, own]) => shapeOf(traceId, own, now));
  return shapes.sort((a, b) => b.startedAt - a.startedAt);
}

function shapeOf(traceId: string, calls: readonly CallView[], now: number): TraceShape {
  const elapsedOf = (call: CallView) => call.elapsedMs ?? Math.max(0, now - call.startedAt);
  const startedAt = Math.min(...calls.map((call) => call.startedAt));
  const endedAt = Math.max(...calls.map((call) => call.startedAt + elapsedOf(call)));
  const known = new Set(calls.map(({ spanId }) => spanId));
  const spans: Span[] = [];
  const place = (call: CallView, depth: number) => {
    spans.push({ call, depth, offsetMs: call.startedAt - startedAt, elapsedMs: elapsedOf(call) });
    for (const child of calls) if (child.parentId === call.spanId) place(child, depth + 1);
  };
  for (const call of calls) if (!call.parentId || !known.has(call.parentId)) place(call, 0);
  return { traceId, startedAt, elapsedMs: endedAt - startedAt, spans };
}
