import sharp from "sharp";
import type { Locale } from "../locale.ts";
import { siteTimeZone } from "../site-time.ts";
import { cardSize } from "./card.contract.ts";
import { setText } from "./lines.ts";
import { drawable, pathOf, widthOf } from "./typeface.ts";

/** All that a card says. */
export interface Card {
  readonly lang: Locale;
  readonly title: string;
  readonly siteName: string;
  readonly author: string;
  readonly publishedAt: string;
}

const margin = 88;
const lineHeight = 1.3;
/** Of an em: how far a capital letter or a syllable reaches above the baseline. */
const ascent = 0.76;
const sizes = [
  { size: 84, mostLines: 3 },
  { size: 70, mostLines: 4 },
  { size: 58, mostLines: 5 },
];
const smallSize = 30;

/** The tokens of the light theme (`packages/web/styles/tokens.css`) in sRGB. */
const colour = { paper: "#fcfbf8", ink: "#221d18", quiet: "#6b655f", accent: "#c04909" } as const;
/** The light of a day from night to night, in percent of the width. */
const day = [
  [0, "#232955"],
  [17, "#2f3671"],
  [23, "#ae5ea8"],
  [27, "#f98f87"],
  [32, "#ffcd83"],
  [42, "#a0e6ea"],
  [54, "#75caf2"],
  [64, "#d4e3a8"],
  [71, "#fcbe62"],
  [76, "#ef6856"],
  [82, "#7b489e"],
  [90, "#2a4482"],
  [100, "#232955"],
] as const;
const lightHeight = 14;

/** The picture of a post for shared links, as PNG. */
export function drawCard(card: Card): Promise<Buffer> {
  return sharp(Buffer.from(drawSvg(card)))
    .png({ palette: true, compressionLevel: 9 })
    .toBuffer();
}

function drawSvg({ lang, title, siteName, author, publishedAt }: Card): string {
  const { width, height } = cardSize;
  const room = width - 2 * margin;
  const name = drawable(siteName);
  const { size, lines } = setText(drawable(title) || name, { width: room, sizes }, widthOf);
  const top = margin + lightHeight + size * ascent;
  const written = lines.map((line, index) => pathOf(line, margin, top + index * size * lineHeight, size));
  const foot = height - margin;
  const mark = smallSize * 1.2;
  const date = new Intl.DateTimeFormat(lang, { timeZone: siteTimeZone, dateStyle: "full" }).format(
    new Date(publishedAt),
  );
  const byline = shortened(drawable(`${author} · ${date}`), room / 2);
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">`,
    `<defs><linearGradient id="day">${day.map(([at, stop]) => `<stop offset="${at}%" stop-color="${stop}"/>`).join("")}</linearGradient></defs>`,
    `<rect width="${width}" height="${height}" fill="${colour.paper}"/>`,
    `<rect width="${width}" height="${lightHeight}" fill="url(#day)"/>`,
    `<path d="${written.join("")}" fill="${colour.ink}"/>`,
    drawMark(margin, foot - mark * 0.82, mark),
    `<path d="${pathOf(shortened(name, room / 3), margin + mark * 1.4, foot, smallSize)}" fill="${colour.ink}"/>`,
    `<path d="${pathOf(byline, width - margin - widthOf(byline, smallSize), foot, smallSize)}" fill="${colour.quiet}"/>`,
    "</svg>",
  ].join("");
}

function shortened(text: string, width: number): string {
  return setText(text, { width, sizes: [{ size: smallSize, mostLines: 1 }] }, widthOf).lines[0] ?? "";
}

/** The site's sun at the horizon. */
function drawMark(x: number, y: number, side: number): string {
  return [
    `<svg x="${x}" y="${y}" width="${side}" height="${side}" viewBox="0 0 20 20">`,
    `<circle cx="10" cy="10" r="8.5" fill="none" stroke="${colour.ink}" stroke-width="1.8"/>`,
    `<path d="M1.8 12.4a8.5 8.5 0 0 0 16.4 0z" fill="${colour.accent}"/></svg>`,
  ].join("");
}
