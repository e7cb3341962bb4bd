import { S3Refusal } from "./s3-guard-error.ts";

/** One part of a `multipart/form-data` body (RFC 7578). */
export interface FormPart {
  readonly name: string;
  readonly fileName: string | undefined;
  readonly contentType: string | undefined;
  /** Must be read to its end before the next part is asked for. */
  readonly content: AsyncIterable<Buffer>;
}

const HEADER_END = Buffer.from("\r\n\r\n");
const MAXIMUM_HEADER_BYTES = 16_384;

/** @throws S3Refusal when the content type names no boundary */
export function boundaryOf(contentType: string): string {
  const [, quoted, plain] = /;\s*boundary=(?:"([^"]+)"|([^;\s]+))/i.exec(contentType) ?? [];
  const boundary = quoted ?? plain;
  if (!boundary) throw malformed();
  return boundary;
}

/**
 * Reads a form part by part, while it comes in. Whoever stops before the end
 * must end the generator.
 * @throws S3Refusal `MalformedPOSTRequest` for anything that is no such form or ends too early
 */
export async function* readParts(source: AsyncIterable<Buffer>, boundary: string): AsyncGenerator<FormPart> {
  const chunks = source[Symbol.asyncIterator]();
  const delimiter = Buffer.from(`\r\n--${boundary}`);
  // The first delimiter stands at the very beginning, without a line end in front.
  let buffered: Buffer = Buffer.from("\r\n");

  async function more(): Promise<void> {
    const next = await chunks.next();
    if (next.done) throw malformed();
    buffered = buffered.length === 0 ? next.value : Buffer.concat([buffered, next.value]);
  }

  /** Answers everything before the next delimiter and takes the delimiter away. */
  async function* untilDelimiter(): AsyncGenerator<Buffer> {
    for (;;) {
      const at = buffered.indexOf(delimiter);
      if (at !== -1) {
        const data = buffered.subarray(0, at);
        buffered = buffered.subarray(at + delimiter.length);
        if (data.length > 0) yield data;
        return;
      }
      // The end of what is here may be the start of a delimiter.
      const safe = buffered.length - delimiter.length + 1;
      if (safe > 0) {
        const data = buffered.subarray(0, safe);
        buffered = buffered.subarray(safe);
        yield data;
      }
      await more();
    }
  }

  async function readHeader(): Promise<string | undefined> {
    while (buffered.length < 2) await more();
    if (buffered.subarray(0, 2).toString("latin1") === "--") return undefined;
    for (;;) {
      const at = buffered.indexOf(HEADER_END);
      if (at > MAXIMUM_HEADER_BYTES || (at === -1 && buffered.length > MAXIMUM_HEADER_BYTES))
        throw malformed();
      if (at !== -1) {
        const header = buffered.subarray(0, at).toString("utf8");
        buffered = buffered.subarray(at + HEADER_END.length);
        return header;
      }
      await more();
    }
  }

  try {
    for await (const preamble of untilDelimiter()) if (preamble.length > 0) throw malformed();
    for (let header = await readHeader(); header !== undefined; header = await readHeader()) {
      yield { ...parseHeader(header), content: untilDelimiter() };
    }
  } finally {
    // Lets go of the source, which may have more than anyone wants to read.
    await chunks.return?.();
  }
}

function parseHeader(header: string) {
  const disposition = /^content-disposition:\s*form-data\b(.*)$/im.exec(header)?.[1];
  const name = disposition && /;\s*name="([^"]*)"/i.exec(disposition)?.[1];
  if (!disposition || name === undefined) throw malformed();
  return {
    name,
    fileName: /;\s*filename="([^"]*)"/i.exec(disposition)?.[1],
    contentType: /^content-type:\s*(.+?)\s*$/im.exec(header)?.[1],
  };
}

function malformed(): S3Refusal {
  return new S3Refusal(
    400,
    "MalformedPOSTRequest",
    "The body of your POST request is not well-formed multipart/form-data.",
  );
}
