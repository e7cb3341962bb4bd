import type { Page } from "./fixtures.ts";

/** Photos of 2000 by 1250 pixels, each of another colour, made by the browser itself. */
export function photos(page: Page, names: readonly string[]) {
  return page.evaluateHandle(async (each) => {
    const transfer = new DataTransfer();
    for (const [index, name] of each.entries()) {
      const canvas = new OffscreenCanvas(2000, 1250);
      const context = canvas.getContext("2d");
      if (!context) throw new Error("The browser cannot draw.");
      const light = context.createLinearGradient(0, 0, 2000, 1250);
      light.addColorStop(0, `hsl(${Math.random() * 360} 70% 70%)`);
      light.addColorStop(1, `hsl(${index * 90} 60% 30%)`);
      context.fillStyle = light;
      context.fillRect(0, 0, 2000, 1250);
      const blob = await canvas.convertToBlob({ type: "image/jpeg" });
      transfer.items.add(new File([blob], name, { type: "image/jpeg" }));
    }
    return transfer;
  }, names);
}

/** A picture of nothing but noise, which no encoder makes small: 9 megapixels and 28 MB, made by the browser itself. */
export function noise(page: Page, name: string) {
  return page.evaluateHandle(async (fileName) => {
    const [width, height] = [3200, 2900];
    const pixels = new Uint8ClampedArray(width * height * 4);
    const mostAtOnce = 65_536;
    for (let from = 0; from < pixels.length; from += mostAtOnce)
      crypto.getRandomValues(pixels.subarray(from, from + mostAtOnce));
    for (let at = 3; at < pixels.length; at += 4) pixels[at] = 255;
    const canvas = new OffscreenCanvas(width, height);
    canvas.getContext("2d")?.putImageData(new ImageData(pixels, width, height), 0, 0);
    const blob = await canvas.convertToBlob({ type: "image/png" });
    const transfer = new DataTransfer();
    transfer.items.add(new File([blob], fileName, { type: "image/png" }));
    return transfer;
  }, name);
}

/** A file of which only the length matters. */
export function bytesOf(page: Page, name: string, bytes: number) {
  return page.evaluateHandle(
    (given) => {
      const transfer = new DataTransfer();
      transfer.items.add(new File([new Uint8Array(given.bytes)], given.name, { type: "image/png" }));
      return transfer;
    },
    { name, bytes },
  );
}
