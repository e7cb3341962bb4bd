import type { Locale } from "@haru/core/locale";
import type { Refusal } from "./frame.ts";
import type { DiagramMessages } from "./messages.ts";
import { type Drawing, type Scheme, schemes } from "./protocol.ts";

/** No diagram is made smaller than this part of its size, at which its words can just be read: a wider one scrolls. */
const smallestScale = 0.75;

/** A diagram in both schemes, of which the style sheet shows one, and a place below it for its source. */
export function pictureOf(
  drawing: Drawing,
  words: DiagramMessages,
  enlarge: ((image: HTMLImageElement) => void) | undefined,
): HTMLElement {
  const box = document.createElement("div");
  box.className = "diagram-box";
  for (const scheme of schemes) {
    const image = imageOf(drawing, scheme, words);
    enlarge?.(image);
    box.append(image);
  }
  // It scrolls, and keyboards scroll what has the focus, or holds it.
  if (!enlarge) box.tabIndex = 0;
  const summary = document.createElement("summary");
  summary.textContent = words.source;
  const details = document.createElement("details");
  details.append(summary);
  const figure = document.createElement("figure");
  figure.className = "diagram";
  figure.append(box, details);
  return figure;
}

/**
 * SVG as a picture runs nothing, loads nothing, and keeps its styles to itself. Its address is of the kind `data:`,
 * since one of the kind `blob:` would have the site's origin when somebody opens it by itself.
 */
function imageOf(drawing: Drawing, scheme: Scheme, words: DiagramMessages): HTMLImageElement {
  const image = new Image(drawing.width, drawing.height);
  image.className = `diagram-${scheme}`;
  image.alt = drawing.description || words.alternative;
  image.style.setProperty("--diagram-width", `${Math.round(drawing.width * smallestScale)}px`);
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(drawing.images[scheme])}`;
  return image;
}

/** Says to an author why a source stays code. */
export function noteOf(refusal: Refusal, words: DiagramMessages, locale: Locale): HTMLElement {
  const note = document.createElement("p");
  note.className = "note";
  note.lang = locale;
  note.textContent = refusal.kind === "refused" ? words.refused(refusal.line) : words[refusal.kind];
  return note;
}
