/** Linear light of Display P3 in that of sRGB (both with the white point D65). */
const matrix = [
  [1.2249401763, -0.2249401763, 0],
  [-0.0420569547, 1.0420569547, 0],
  [-0.0196375546, -0.0786360656, 1.0982736202],
] as const;

/** Steps of linear light that are told apart when it is written back: finer than eight bits can show. */
const steps = 4096;

/** Whether a colour profile is the one that phones give their photos. */
export function isDisplayP3(profile: Uint8Array): boolean {
  // Descriptions are stored as ASCII in older profiles and as UTF-16 in newer ones.
  return Buffer.from(profile).toString("latin1").replaceAll("\0", "").includes("Display P3");
}

/**
 * Turns the colours of Display P3 into those of sRGB, in place. Colours that sRGB cannot show become its nearest.
 * @param rgba eight bits a channel; both spaces have the same tone curve
 */
export function displayP3ToSrgb(rgba: Uint8Array): void {
  const linear = Float64Array.from({ length: 256 }, (_, value) => toLinear(value / 255));
  const encoded = Uint8Array.from({ length: steps + 1 }, (_, step) =>
    Math.round(255 * fromLinear(step / steps)),
  );
  const row = ([a, b, c]: readonly [number, number, number], red: number, green: number, blue: number) => {
    const light = a * red + b * green + c * blue;
    return encoded[Math.round(Math.min(Math.max(light, 0), 1) * steps)] ?? 0;
  };
  for (let at = 0; at < rgba.length; at += 4) {
    const red = linear[rgba[at] ?? 0] ?? 0;
    const green = linear[rgba[at + 1] ?? 0] ?? 0;
    const blue = linear[rgba[at + 2] ?? 0] ?? 0;
    rgba[at] = row(matrix[0], red, green, blue);
    rgba[at + 1] = row(matrix[1], red, green, blue);
    rgba[at + 2] = row(matrix[2], red, green, blue);
  }
}

/** IEC 61966-2-1. */
function toLinear(value: number): number {
  return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
}

function fromLinear(light: number): number {
  return light <= 0.0031308 ? light * 12.92 : 1.055 * light ** (1 / 2.4) - 0.055;
}
