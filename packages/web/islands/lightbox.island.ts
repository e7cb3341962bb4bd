import type { Locale } from "@haru/core/locale";
import { postMessages } from "../features/post/messages.ts";
import { element } from "./element.ts";

/** Shows a picture as large as the window lets it be. Escape, the button and a click close it. */
export function open(image: HTMLImageElement): void {
  const text = postMessages[document.documentElement.lang as Locale];
  const caption = image.closest("figure")?.querySelector("figcaption")?.textContent;
  const close = element("button", {
    type: "button",
    className: "button button-quiet button-small",
    textContent: text.close,
  });
  const src = image.dataset.full ?? (image.currentSrc || image.src);
  const shown = element("img", { src, alt: image.alt });
  const dialog = element(
    "dialog",
    { className: "lightbox", ariaLabel: image.alt || text.picture },
    element("figure", {}, shown, caption ? element("figcaption", { textContent: caption }) : undefined),
    close,
  );
  dialog.addEventListener("click", () => dialog.close());
  dialog.addEventListener("close", () => {
    dialog.remove();
    image.focus();
  });
  document.body.append(dialog);
  dialog.showModal();
}
