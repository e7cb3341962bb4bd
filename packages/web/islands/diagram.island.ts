import type { Locale } from "@haru/core/locale";
import { createDiagrams } from "../features/diagram/diagrams.ts";
import { makeZoomable } from "./pictures.ts";

/** Is part of a page only where its text has diagrams. */
const text = document.querySelector<HTMLElement>(".post-article > .prose");
if (text) {
  const locale = document.documentElement.lang as Locale;
  const { lightbox } = text.dataset;
  const enlarge = (image: HTMLImageElement) => makeZoomable(image, text.dataset);
  createDiagrams({ locale, ...(lightbox ? { enlarge } : {}) }).show(text);
}
