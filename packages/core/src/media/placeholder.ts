import { crc32, deflateSync } from "node:zlib";
import { thumbHashToRGBA } from "thumbhash";

/**
 * A ThumbHash as a picture of about 32 pixels that every browser shows, as a data URI. It is made
 * here and not in the browser, because pages for readers bring no script for it.
 */
export function placeholderOf(thumbHash: string): string {
  const { w, h, rgba } = thumbHashToRGBA(Buffer.from(thumbHash, "base64"));
  return `data:image/png;base64,${encodePng(w, h, rgba).toString("base64")}`;
}

const signature = Buffer.from("\x89PNG\r\n\x1a\n", "latin1");
const truecolourWithAlpha = 6;
/** Each row is told as its difference from the row above, which is small in a blur. */
const filterUp = 2;

function encodePng(width: number, height: number, rgba: Uint8Array): Buffer {
  const rowBytes = width * 4;
  const rows = Buffer.alloc((rowBytes + 1) * height);
  for (let y = 0; y < height; y++) {
    const row = y * (rowBytes + 1);
    rows[row] = filterUp;
    for (let x = 0; x < rowBytes; x++) {
      const at = y * rowBytes + x;
      rows[row + 1 + x] = (rgba[at] ?? 0) - (y > 0 ? (rgba[at - rowBytes] ?? 0) : 0);
    }
  }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, truecolourWithAlpha, 0, 0, 0], 8);
  return Buffer.concat([
    signature,
    chunk("IHDR", header),
    chunk("IDAT", deflateSync(rows, { level: 9 })),
    chunk("IEND", Buffer.alloc(0)),
  ]);
}

function chunk(type: string, data: Buffer): Buffer {
  const typed = Buffer.concat([Buffer.from(type, "latin1"), data]);
  const framed = Buffer.alloc(typed.length + 8);
  framed.writeUInt32BE(data.length, 0);
  typed.copy(framed, 4);
  framed.writeUInt32BE(crc32(typed), typed.length + 4);
  return framed;
}
