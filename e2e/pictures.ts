import type { Page } from "./fixtures.ts";

/**
 * Photos of 2000 by 1250 pixels, each of another colour, made by the browser itself.
 * @param bytesBehind what follows the end of a photo makes its file larger and is no part of what it shows
 */
export function photos(page: Page, names: readonly string[], bytesBehind = 0) {
  return page.evaluateHandle(
    async (given) => {
      const transfer = new DataTransfer();
      for (const [index, name] of given.names.entries()) {
        const canvas = new OffscreenCanvas(2000, 1250);
        const context = canvas.getContext("2d");
        if (!context) throw new Error("The browser cannot draw.");
        const light = context.createLinearGradient(0, 0, 2000, 1250);
        light.addColorStop(0, `hsl(${Math.random() * 360} 70% 70%)`);
        light.addColorStop(1, `hsl(${index * 90} 60% 30%)`);
        context.fillStyle = light;
        context.fillRect(0, 0, 2000, 1250);
        const blob = await canvas.convertToBlob({ type: "image/jpeg" });
        const file = [blob, new Uint8Array(given.bytesBehind)];
        transfer.items.add(new File(file, name, { type: "image/jpeg" }));
      }
      return transfer;
    },
    { names, bytesBehind },
  );
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
