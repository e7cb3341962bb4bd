/**
 * Makes the pictures of a post open in full at a click or by keyboard. Those that lead somewhere keep
 * doing that, and the script of the large view is loaded when one is asked for.
 */
export function startPictures(): void {
  const prose = document.querySelector<HTMLElement>(".prose[data-lightbox]");
  // The blur behind a picture of this site is none of its own.
  for (const image of prose?.querySelectorAll<HTMLImageElement>("img:not(.picture-placeholder)") ?? []) {
    if (!image.closest("a, summary")) makeZoomable(image, prose?.dataset ?? {});
  }
}

/** @param text of the text that the picture stands in: what shows it in full, and how that is called */
export function makeZoomable(
  image: HTMLImageElement,
  { lightbox: script = "", enlargeLabel = "" }: DOMStringMap,
): void {
  image.tabIndex = 0;
  image.setAttribute("role", "button");
  image.ariaLabel = image.alt ? `${image.alt} (${enlargeLabel})` : enlargeLabel;
  image.classList.add("zoomable");
  image.addEventListener("click", () => show(script, image));
  image.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" && event.key !== " ") return;
    event.preventDefault();
    show(script, image);
  });
}

async function show(script: string, image: HTMLImageElement): Promise<void> {
  const { open } = (await import(script)) as { open(image: HTMLImageElement): void };
  open(image);
}
