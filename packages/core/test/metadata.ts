/**
 * What a picture's file says beside its pixels, told by walking the parts of the file itself and
 * not by the library that made it.
 * @returns the names of parts that hold something else than pixels, colour and shape
 */
export function metadataParts(bytes: Buffer): string[] {
  const parts = partsOf(bytes);
  if (parts.length === 0) throw new Error("The file has no parts.");
  return parts.filter((part) => !harmless.has(part));
}

/** Pixels, their tables, their shape, their density and their frames. */
const harmless = new Set([
  ...["APP0 JFIF", "DQT", "DHT", "SOF0", "SOF2", "SOS", "DRI", "EOI"],
  ...["IHDR", "PLTE", "tRNS", "IDAT", "pHYs", "IEND"],
  ...["VP8 ", "VP8L", "VP8X", "ALPH", "ANIM", "ANMF"],
  ...["ftyp", "meta", "mdat", "av01"],
]);

function partsOf(bytes: Buffer): string[] {
  if (bytes.readUInt16BE(0) === 0xffd8) return jpegSegments(bytes);
  if (bytes.toString("latin1", 1, 4) === "PNG") return chunks(bytes, 8, pngChunk);
  if (bytes.toString("latin1", 8, 12) === "WEBP") return chunks(bytes, 12, webpChunk);
  if (bytes.toString("latin1", 4, 8) === "ftyp") return [...chunks(bytes, 0, box), ...avifItems(bytes)];
  throw new Error("The file is of no known format.");
}

interface Part {
  readonly name: string;
  /** Where the next part begins. */
  readonly next: number;
}

function chunks(bytes: Buffer, start: number, read: (bytes: Buffer, at: number) => Part): string[] {
  const names: string[] = [];
  for (let at = start; at < bytes.length; ) {
    const { name, next } = read(bytes, at);
    names.push(name);
    at = next;
  }
  return names;
}

const pngChunk = (bytes: Buffer, at: number): Part => ({
  name: bytes.toString("latin1", at + 4, at + 8),
  next: at + 12 + bytes.readUInt32BE(at),
});

/** Chunks of RIFF are padded to an even length. */
const webpChunk = (bytes: Buffer, at: number): Part => {
  const length = bytes.readUInt32LE(at + 4);
  return { name: bytes.toString("latin1", at, at + 4), next: at + 8 + length + (length % 2) };
};

const box = (bytes: Buffer, at: number): Part => ({
  name: bytes.toString("latin1", at + 4, at + 8),
  next: at + bytes.readUInt32BE(at),
});

/** Every item of an AVIF file announces its kind in an `infe` box: pictures are `av01`, EXIF is `Exif`, XMP is `mime`. */
function avifItems(bytes: Buffer): string[] {
  const kindAfter = 12;
  const items: string[] = [];
  for (let at = bytes.indexOf("infe"); at >= 0; at = bytes.indexOf("infe", at + 4))
    items.push(bytes.toString("latin1", at + kindAfter, at + kindAfter + 4));
  return items;
}

const segmentNames: Readonly<Record<number, string>> = {
  192: "SOF0",
  194: "SOF2",
  196: "DHT",
  217: "EOI",
  218: "SOS",
  219: "DQT",
  221: "DRI",
};

function jpegSegments(bytes: Buffer): string[] {
  const names: string[] = [];
  for (let at = 2; at < bytes.length; ) {
    const marker = bytes[at + 1] ?? 0;
    const isApplication = marker >= 0xe0 && marker <= 0xef;
    const length = marker === 0xd9 ? 0 : bytes.readUInt16BE(at + 2);
    names.push(
      isApplication
        ? `APP${marker - 0xe0} ${bytes.toString("latin1", at + 4, at + 8)}`
        : (segmentNames[marker] ?? `marker ${marker}`),
    );
    at += 2 + length;
    // The compressed pixels go on until a marker that is neither a stuffed byte nor a restart.
    if (marker === 0xda) while (!isMarker(bytes, at) && at < bytes.length) at++;
  }
  return names;
}

function isMarker(bytes: Buffer, at: number): boolean {
  const code = bytes[at + 1] ?? 0;
  return bytes[at] === 0xff && code !== 0 && !(code >= 0xd0 && code <= 0xd7);
}
