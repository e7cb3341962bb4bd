import type { WatermarkSetting } from "../watermark.contract.ts";

/** What the site puts on full pictures. */
export type Watermark = Omit<WatermarkSetting, "isOn">;

/** Share of the shorter side that the mark takes, and of its own size that it keeps from the edges. */
const share = 0.05;
const marginShare = 0.6;
const smallestPixels = 18;

interface Canvas {
  readonly width: number;
  readonly height: number;
}

interface Overlay {
  readonly input: Buffer;
  readonly left: number;
  readonly top: number;
}

/**
 * The site's mark, scaled to the picture, as a layer for it; nothing where the picture is too small to carry one.
 * It is drawn light with a dark edge, so that it can be seen on every ground. It holds paths only:
 * a function on AWS has no fonts.
 */
export function watermarkFor(canvas: Canvas, watermark: Watermark | undefined): Overlay | undefined {
  if (!watermark) return undefined;
  const side = Math.max(smallestPixels, Math.round(Math.min(canvas.width, canvas.height) * share));
  const margin = Math.round(side * marginShare);
  if (canvas.width < side + 2 * margin || canvas.height < side + 2 * margin) return undefined;
  const { position, opacity } = watermark;
  const along = (size: number, isStart: boolean) => (isStart ? margin : size - margin - side);
  const centred = position === "centre";
  return {
    input: Buffer.from(drawMark(side, opacity)),
    left: centred ? (canvas.width - side) >> 1 : along(canvas.width, position.endsWith("left")),
    top: centred ? (canvas.height - side) >> 1 : along(canvas.height, position.startsWith("top")),
  };
}

/** A sun at the horizon, on a grid of 24 with room for its edge. */
function drawMark(side: number, opacity: number): string {
  const shapes = '<circle cx="12" cy="12" r="8.5"/><path d="M3.8 14.4a8.5 8.5 0 0 0 16.4 0z" fill="FILL"/>';
  const layer = (stroke: string, fill: string, width: number) =>
    `<g fill="none" stroke="${stroke}" stroke-width="${width}" stroke-linejoin="round">${shapes.replace("FILL", fill)}</g>`;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24" width="${side}" height="${side}">`,
    `<g opacity="${opacity}">${layer("#000000", "#000000", 3.6)}${layer("#ffffff", "#ffffff", 1.8)}</g></svg>`,
  ].join("");
}
