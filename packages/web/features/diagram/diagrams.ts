import type { Locale } from "@haru/core/locale";
import { diagramSelector } from "./diagrams-in.ts";
import { draw } from "./frame.ts";
import { readLook } from "./look.ts";
import { diagramMessages } from "./messages.ts";
import { noteOf, pictureOf } from "./picture.ts";
import type { Drawing } from "./protocol.ts";

interface Options {
  /** The language of what is said beside a diagram. */
  readonly locale: Locale;
  /** Makes a picture open in full. */
  readonly enlarge?: (image: HTMLImageElement) => void;
  /** Says beside a source that stays code why it does, to an author. */
  readonly explains?: boolean;
}

interface Diagrams {
  /**
   * Puts pictures in the place of the blocks of code in a text that are diagrams, each when it comes near the
   * window. What cannot be drawn stays as it is. A text that is shown anew is given anew.
   */
  show(text: HTMLElement): void;
}

/** A source, and what stands for it: its block of code, or the picture of how it was before a change. */
interface Place {
  readonly block: HTMLElement;
  readonly at: number;
}

/** How much further than the window diagrams are drawn, so that they are there when one comes to them. */
const lookAheadMargin = "100%";

/** What was drawn already is there at once when a change elsewhere shows a whole text anew. */
const mostKept = 50;

const sourceOf = (block: HTMLElement) => block.querySelector("pre")?.textContent ?? "";

export function createDiagrams({ locale, enlarge, explains = false }: Options): Diagrams {
  const words = diagramMessages[locale];
  const kept = new Map<string, Drawing>();
  let places = new Map<Element, Place>();
  let earlier: (Drawing | undefined)[] = [];

  function place(instead: HTMLElement, block: HTMLElement, drawing: Drawing): HTMLElement {
    const picture = pictureOf(drawing, words, enlarge);
    instead.replaceWith(picture);
    picture.querySelector("details")?.append(block);
    return picture;
  }

  async function showDrawn(shown: HTMLElement, { block, at }: Place): Promise<void> {
    const source = sourceOf(block);
    const outcome = await draw(source, readLook(shown), () => shown.isConnected);
    // The text was shown anew meanwhile.
    if (!outcome || !shown.isConnected) return;
    earlier[at] = outcome.kind === "drawn" ? outcome.drawing : undefined;
    if (outcome.kind === "drawn") {
      if (kept.size === mostKept) kept.clear();
      kept.set(source, outcome.drawing);
      place(shown, block, outcome.drawing);
      return;
    }
    shown.replaceWith(block);
    if (explains) block.after(noteOf(outcome, words, locale));
  }

  const observer = new IntersectionObserver(
    (entries) => {
      for (const { isIntersecting, target } of entries) {
        const found = places.get(target);
        if (!isIntersecting || !found) continue;
        observer.unobserve(target);
        showDrawn(target as HTMLElement, found);
      }
    },
    { rootMargin: lookAheadMargin },
  );

  return {
    show(text) {
      observer.disconnect();
      places = new Map();
      const blocks = [...text.querySelectorAll<HTMLElement>(diagramSelector)];
      const before = earlier.length === blocks.length ? earlier : [];
      earlier = blocks.map((block, at) => kept.get(sourceOf(block)) ?? before[at]);
      for (const [at, block] of blocks.entries()) {
        const drawing = earlier[at];
        const shown = drawing ? place(block, block, drawing) : block;
        if (drawing && kept.get(sourceOf(block)) === drawing) continue;
        places.set(shown, { block, at });
        observer.observe(shown);
      }
    },
  };
}
