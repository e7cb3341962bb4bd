import type { Locale } from "@haru/core/locale";

/** Each diagram is drawn for both, so that a change of theme and paper find theirs. */
export const schemes = ["light", "dark"] as const;
export type Scheme = (typeof schemes)[number];

/** The tokens whose colours diagrams have. */
export const paletteTokens = [
  "paper",
  "raised",
  "sunken",
  "ink",
  "ink-2",
  "ink-3",
  "rule",
  "edge",
  "accent",
  "accent-soft",
  "ok-soft",
  "bad-soft",
  "tint-1",
  "tint-2",
  "tint-3",
  "tint-4",
  "tint-5",
  "tint-6",
] as const;

/** Colours as `#rrggbb`. */
export type Palette = Readonly<Record<(typeof paletteTokens)[number], string>>;

/** What diagrams have from the page that they stand in. */
export interface Look {
  readonly lang: Locale;
  readonly fontFamily: string;
  readonly palettes: Readonly<Record<Scheme, Palette>>;
}

/** `common` draws what most diagrams are, `whole` everything that Mermaid can, at three times the weight. */
export const engineNames = ["common", "whole"] as const;
export type EngineName = (typeof engineNames)[number];

/** Characters of one diagram, and its arrows: what is more would keep the reader's processor busy. */
export const maxSourceLength = 20_000;
export const maxEdges = 300;

export interface Drawing {
  /** In pixels, at the size of the letters around. */
  readonly width: number;
  readonly height: number;
  /** What its author calls it (`accTitle`, `accDescr`), or nothing. */
  readonly description: string;
  /** Texts of SVG. */
  readonly images: Readonly<Record<Scheme, string>>;
}

/** What a page asks of the frame in which diagrams are drawn. */
export type FrameRequest =
  | { readonly kind: "engine"; readonly text: string }
  | { readonly kind: "draw"; readonly source: string; readonly look: Look };

/** What the frame answers: of `lacking` the other engine is to be asked. */
export type FrameAnswer =
  | { readonly kind: "ready"; readonly engines: Readonly<Record<EngineName, string>> }
  | { readonly kind: "drawn"; readonly drawing: Drawing }
  | { readonly kind: "lacking" }
  | { readonly kind: "refused"; readonly line: number | undefined };
