import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";

const folder = join(import.meta.dirname, "../styles");
const sheets = readdirSync(folder).filter((file) => file.endsWith(".css"));
const read = (file: string) => readFileSync(join(folder, file), "utf8");
const tokens = read("tokens.css");

type Theme = "light" | "dark";
type Colour = readonly [lightness: number, chroma: number, hueDegrees: number];

/** The value of a token such as `--ink`, in one theme. */
function colourOf(name: string, theme: Theme): Colour {
  const value = new RegExp(`${name}: light-dark\\(oklch\\(([^)]+)\\), oklch\\(([^)]+)\\)\\)`).exec(tokens);
  const parts = (value?.[theme === "light" ? 1 : 2] ?? "").split(/[\s/]+/).map(Number);
  const [lightness, chroma, hue] = parts;
  if (lightness === undefined || chroma === undefined || hue === undefined) throw new Error(`No ${name}.`);
  return [lightness, chroma, hue];
}

/** Relative luminance as WCAG 2.2 defines it, through OKLab's published matrices. */
function luminance([lightness, chroma, hueDegrees]: Colour): number {
  const a = chroma * Math.cos((hueDegrees * Math.PI) / 180);
  const b = chroma * Math.sin((hueDegrees * Math.PI) / 180);
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3;
  const red = 4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s;
  const green = -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s;
  const blue = -0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s;
  const clamp = (value: number) => Math.min(1, Math.max(0, value));
  return 0.2126 * clamp(red) + 0.7152 * clamp(green) + 0.0722 * clamp(blue);
}

function contrast(text: string, ground: string, theme: Theme): number {
  const [darker, lighter] = [luminance(colourOf(text, theme)), luminance(colourOf(ground, theme))].sort(
    (x, y) => x - y,
  ) as [number, number];
  return (lighter + 0.05) / (darker + 0.05);
}

const grounds = ["--paper", "--raised", "--sunken"];
const pairs: [text: string, ground: string, atLeast: number][] = [
  ...grounds.flatMap((ground): [string, string, number][] => [
    ["--ink", ground, 7],
    ["--ink-2", ground, 7],
    ["--ink-3", ground, 4.5],
    ["--accent-ink", ground, 4.5],
    ["--accent", ground, 3],
    ["--edge", ground, 3],
    ["--bad", ground, 4.5],
    ["--ok", ground, 4.5],
    ["--warn", ground, 4.5],
  ]),
  ["--paper", "--ink", 7],
  ["--accent-ink", "--accent-soft", 4.5],
  ...["ok", "warn", "bad", "info"].flatMap((kind): [string, string, number][] => [
    [`--${kind}`, `--${kind}-soft`, 4.5],
    ["--ink", `--${kind}-soft`, 7],
  ]),
  ["--ink", "--accent-soft", 7],
  ...["keyword", "string", "name", "value", "quiet"].flatMap((kind): [string, string, number][] => [
    [`--code-${kind}`, "--sunken", 4.5],
    [`--code-${kind}`, "--accent-soft", 4.5],
  ]),
  ...[1, 2, 3, 4, 5, 6].map((tint): [string, string, number] => ["--ink", `--tint-${tint}`, 4.5]),
];

test.each(["light", "dark"] as const)("every text can be read on its ground, %s", (theme) => {
  const tooWeak = pairs
    .map(([text, ground, atLeast]) => ({ text, ground, atLeast, found: contrast(text, ground, theme) }))
    .filter(({ found, atLeast }) => found < atLeast)
    .map(({ text, ground, atLeast, found }) => `${text} on ${ground}: ${found.toFixed(2)} < ${atLeast}`);
  expect(tooWeak).toEqual([]);
});

test.each(sheets.filter((file) => file !== "tokens.css"))(
  "%s takes colours and type from the tokens",
  (file) => {
    const text = read(file).replaceAll(/\/\*[\s\S]*?\*\//g, "");
    const own = text.match(
      /#[\da-f]{3,8}\b|\b(?:rgb|hsl|oklch|oklab|lch|lab)a?\(|font-size:(?!\s*(?:var\(|inherit))[^;]+|(?:transition|animation)-duration:(?!\s*var)[^;]+/gi,
    );
    expect(own?.filter((found) => !found.includes("11pt")) ?? []).toEqual([]);
  },
);

test.each(sheets)("%s names only tokens that exist", (file) => {
  const defined = new Set([...tokens.matchAll(/(--[\w-]+):/g)].map((match) => match[1]));
  const used = [...read(file).matchAll(/var\((--[\w-]+)\)/g)].map((match) => match[1]);
  expect(used.filter((name) => !defined.has(name))).toEqual([]);
});

test("a class on its own has its look from one sheet, so that no part of a page takes over another's name", () => {
  const sheetsOf = new Map<string, Set<string>>();
  for (const sheet of sheets) {
    for (const [, name = ""] of read(sheet).matchAll(/^(\.[\w-]+)(?: \{|,)$/gm)) {
      sheetsOf.set(name, (sheetsOf.get(name) ?? new Set()).add(sheet));
    }
  }
  expect(sheetsOf.size).toBeGreaterThan(100);
  expect([...sheetsOf].filter(([, places]) => places.size > 1)).toEqual([]);
});
