/**
 * Reads the lengths in a client's stream of WebSocket frames (RFC 6455, section 5.2) and says
 * when one frame is too large. A WebSocket library tells the size of whole messages only.
 * @returns a function that takes the stream piece by piece and answers true from the first frame that is too large
 */
export function createFrameLimit(limitBytes: number): (chunk: Buffer) => boolean {
  const headerLength = (header: Buffer) => {
    if (header.length < 2) return 2;
    const short = (header[1] as number) & 0x7f;
    const isMasked = ((header[1] as number) & 0x80) !== 0;
    return 2 + (short === 126 ? 2 : short === 127 ? 8 : 0) + (isMasked ? 4 : 0);
  };
  let header = Buffer.alloc(0);
  let payloadLeft = 0;
  let isTooLarge = false;
  return (chunk) => {
    let at = 0;
    while (at < chunk.length && !isTooLarge) {
      if (payloadLeft > 0) {
        const skipped = Math.min(payloadLeft, chunk.length - at);
        payloadLeft -= skipped;
        at += skipped;
        continue;
      }
      const missing = headerLength(header) - header.length;
      header = Buffer.concat([header, chunk.subarray(at, at + missing)]);
      at += Math.min(missing, chunk.length - at);
      if (header.length < headerLength(header)) continue;
      payloadLeft = payloadLength(header);
      header = Buffer.alloc(0);
      isTooLarge = payloadLeft > limitBytes;
    }
    return isTooLarge;
  };
}

function payloadLength(header: Buffer): number {
  const short = (header[1] as number) & 0x7f;
  if (short === 126) return header.readUInt16BE(2);
  return short === 127 ? Number(header.readBigUInt64BE(2)) : short;
}
