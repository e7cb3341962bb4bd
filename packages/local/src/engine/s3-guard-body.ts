import { createHash } from "node:crypto";
import type { IncomingMessage } from "node:http";
import { Readable, Transform } from "node:stream";
import { S3Refusal } from "./s3-guard-error.ts";

/**
 * The body of a request, which nobody needs to read to its end. A refusal goes out on the same connection, as does
 * the answer to the client's next request: what nobody wants of this one is thrown away as it comes.
 */
export function bodyOf(request: IncomingMessage): Readable {
  const body = new Readable({
    read: () => void request.resume(),
    destroy(error, done) {
      request.off("data", take).resume();
      done(error);
    },
  });
  const take = (chunk: Buffer) => {
    if (!body.push(chunk)) request.pause();
  };
  request.on("data", take);
  request.once("end", () => body.push(null));
  request.once("close", () => {
    if (!request.complete) body.destroy(new Error("The client went away."));
  });
  return body;
}

/**
 * Passes a body on and holds its last piece back until the whole is known to
 * have the signed hash, so that a changed body never arrives as a whole one.
 */
export function verifyHash(wanted: string): Transform {
  const hash = createHash("sha256");
  let held: Buffer | undefined;
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      hash.update(chunk);
      const ready = held;
      held = chunk;
      done(null, ready);
    },
    flush(done) {
      if (hash.digest("hex") === wanted) return done(null, held);
      done(
        new S3Refusal(
          400,
          "XAmzContentSHA256Mismatch",
          "The provided 'x-amz-content-sha256' header does not match what was computed.",
        ),
      );
    },
  });
}

const LINE_END = Buffer.from("\r\n");
const LONGEST_LINE_BYTES = 4_096;

/**
 * Takes the framing of `aws-chunked` bodies away, which the SDKs use for
 * streams and checksums: `<hex size>[;chunk-signature=…]`, the data, and after
 * the empty chunk perhaps trailers. The signatures of single chunks are not
 * checked: the connection is this machine's own.
 * @param lengthBytes what must come out
 */
export function decodeChunks(lengthBytes: number): Transform {
  let decoded = 0;
  let buffered: Buffer = Buffer.alloc(0);
  /** Bytes of the current chunk that are still to come, with its line end; 0 before a size line. */
  let left = 0;
  let isOver = false;

  function decode(push: (data: Buffer) => void): void {
    while (!isOver && buffered.length > 0) {
      if (left > 0) {
        const data = buffered.subarray(0, Math.max(left - LINE_END.length, 0));
        if (data.length > 0) push(data);
        const taken = Math.min(left, buffered.length);
        left -= taken;
        buffered = buffered.subarray(taken);
        continue;
      }
      const at = buffered.indexOf(LINE_END);
      if (at === -1) {
        if (buffered.length > LONGEST_LINE_BYTES) throw malformed();
        return;
      }
      const [sizeText = ""] = buffered.subarray(0, at).toString("latin1").split(";");
      if (!/^[0-9a-f]+$/i.test(sizeText)) throw malformed();
      const size = Number.parseInt(sizeText, 16);
      buffered = buffered.subarray(at + LINE_END.length);
      isOver = size === 0;
      left = size + LINE_END.length;
    }
  }

  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      buffered = buffered.length === 0 ? chunk : Buffer.concat([buffered, chunk]);
      try {
        decode((data) => {
          decoded += data.length;
          this.push(data);
        });
        // Trailers are read and dropped.
        if (isOver) buffered = Buffer.alloc(0);
        done();
      } catch (error) {
        done(error as Error);
      }
    },
    flush(done) {
      done(isOver && decoded === lengthBytes ? null : malformed());
    },
  });
}

function malformed(): S3Refusal {
  return new S3Refusal(400, "IncompleteBody", "The request body terminated unexpectedly");
}
