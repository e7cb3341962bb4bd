/*
 * Mermaid as the frame runs it: draws one source after the other and answers with SVG. It holds a network,
 * a page and a session as little as the frame does.
 */
import mermaid from "mermaid";
import {
  type Drawing,
  type FrameAnswer,
  type FrameRequest,
  type Look,
  type Scheme,
  schemes,
} from "../features/diagram/protocol.ts";
import { sourceLine } from "../features/diagram/source-line.ts";
import { lackingName } from "./lacking.ts";
import { configOf } from "./look.ts";

type Drawn = Omit<Drawing, "images"> & { readonly svg: string };

// A property and no listener: the whole engine takes the place of the common one.
globalThis.onmessage = async ({ source, data }: MessageEvent<FrameRequest>) => {
  if (source !== parent || data.kind !== "draw") return;
  parent.postMessage(await answer(data.source, data.look), "*");
};

async function answer(source: string, look: Look): Promise<FrameAnswer> {
  document.documentElement.lang = look.lang;
  try {
    const drawn: Partial<Record<Scheme, Drawn>> = {};
    for (const scheme of schemes) drawn[scheme] = await draw(source, look, scheme);
    const { light, dark } = drawn as Record<Scheme, Drawn>;
    const { svg, ...drawing } = light;
    return { kind: "drawn", drawing: { ...drawing, images: { light: svg, dark: dark.svg } } };
  } catch (error) {
    if (error instanceof Error && error.name === lackingName) return { kind: "lacking" };
    const [, line] = /\bline:? (\d+)/i.exec(String(error)) ?? [];
    return { kind: "refused", line: line === undefined ? undefined : sourceLine(source, Number(line)) };
  }
}

async function draw(source: string, look: Look, scheme: Scheme): Promise<Drawn> {
  mermaid.initialize(configOf(look, scheme));
  try {
    const { svg } = await mermaid.render("diagram", source);
    return standAlone(svg, look);
  } finally {
    // What was measured, also when it was given up half-way.
    document.body.replaceChildren();
  }
}

/** What Mermaid writes is HTML, and as wide as its page. A picture is XML, and of a size of its own. */
function standAlone(html: string, { lang }: Look): Drawn {
  const svg = new DOMParser().parseFromString(html, "text/html").querySelector("svg");
  const [, , width = 0, height = 0] =
    svg
      ?.getAttribute("viewBox")
      ?.split(/[\s,]+/)
      .map(Number) ?? [];
  if (!svg || !(width > 0 && height > 0)) throw new Error("Mermaid drew nothing.");
  svg.removeAttribute("style");
  svg.setAttribute("width", String(width));
  svg.setAttribute("height", String(height));
  svg.setAttribute("lang", lang);
  const words = [...svg.children].filter(({ localName }) => localName === "title" || localName === "desc");
  return {
    width: Math.ceil(width),
    height: Math.ceil(height),
    description: words.map(({ textContent }) => textContent?.trim()).join(". "),
    svg: new XMLSerializer().serializeToString(svg),
  };
}
