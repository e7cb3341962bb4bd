import type { Locale } from "@haru/core/locale";
import { type Look, type Palette, paletteTokens, type Scheme } from "./protocol.ts";

/** The letters and colours of a text, as they are in each scheme whatever the page shows. */
export function readLook(text: HTMLElement): Look {
  const { fontFamily } = getComputedStyle(text);
  const lang = (text.closest("[lang]") as HTMLElement | null)?.lang as Locale;
  return { lang, fontFamily, palettes: { light: readPalette("light"), dark: readPalette("dark") } };
}

function readPalette(scheme: Scheme): Palette {
  const probe = document.createElement("span");
  probe.hidden = true;
  probe.style.colorScheme = scheme;
  document.body.append(probe);
  const palette = paletteTokens.map((token) => {
    // A mix has its channels as numbers, from 0 to 1 and a little beyond.
    probe.style.color = `color-mix(in srgb, var(--${token}), var(--${token}))`;
    const [, channels = ""] = /^color\(srgb ([^/)]+)/.exec(getComputedStyle(probe).color) ?? [];
    return [token, toHex(channels.trim().split(" ").map(Number))] as const;
  });
  probe.remove();
  return Object.fromEntries(palette) as Palette;
}

function toHex(channels: readonly number[]): string {
  const bytes = channels.map((value) => Math.round(Math.min(1, Math.max(0, value)) * 255));
  return `#${bytes.map((byte) => byte.toString(16).padStart(2, "0")).join("")}`;
}
