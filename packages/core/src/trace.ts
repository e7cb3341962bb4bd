/*
 * W3C Trace Context: the header `traceparent` joins what one act of a person causes, from the browser
 * through the functions to whoever is told of it.
 */

/** Where something stands in a trace. */
export interface Trace {
  /** 32 hexadecimal digits, the same in everything that one act causes. */
  readonly traceId: string;
  /** 16 hexadecimal digits: the step that caused this one. */
  readonly parentId: string;
}

/** The value of `traceparent` for something that begins here. It says nothing of the person. */
export function newTraceparent(): string {
  return traceparentOf({ traceId: hexadecimal(16), parentId: hexadecimal(8) });
}

export function traceparentOf({ traceId, parentId }: Trace): string {
  return `00-${traceId}-${parentId}-01`;
}

/** Reads a header of any version; ids of zeros alone are not valid. */
export function parseTraceparent(value: string | undefined): Trace | undefined {
  const [, traceId, parentId] =
    /^[0-9a-f]{2}-([0-9a-f]{32})-([0-9a-f]{16})-[0-9a-f]{2}(?:-|$)/.exec(value ?? "") ?? [];
  if (!traceId || !parentId || /^0+$/.test(traceId) || /^0+$/.test(parentId)) return undefined;
  return { traceId, parentId };
}

function hexadecimal(bytes: number): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(bytes)), (byte) =>
    byte.toString(16).padStart(2, "0"),
  ).join("");
}
