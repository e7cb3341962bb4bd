/**
 * Opens the palette by the magnifier, by Ctrl K or ⌘ K, and by `/` outside of fields. Its script is
 * loaded when it is wanted first; without scripts the magnifier leads to the results page.
 */
export function startSearchKeys(): void {
  document.addEventListener("keydown", (event) => {
    const isShortcut = (event.ctrlKey || event.metaKey) && !event.altKey && event.key.toLowerCase() === "k";
    const isSlash = event.key === "/" && !event.ctrlKey && !event.metaKey && !isTyping(event.target);
    const link = document.querySelector<HTMLAnchorElement>("[data-search]");
    if (!link || event.isComposing || !(isShortcut || isSlash)) return;
    event.preventDefault();
    openPalette(link);
  });
  document.addEventListener("click", (event) => {
    const link = event.target instanceof Element && event.target.closest<HTMLAnchorElement>("[data-search]");
    // Whoever wants the page in a new tab gets it.
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    openPalette(link);
  });
}

function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || /^(?:INPUT|TEXTAREA|SELECT)$/.test(target.tagName))
  );
}

async function openPalette(link: HTMLAnchorElement): Promise<void> {
  try {
    const { open } = (await import(link.dataset.script ?? "")) as { open(): void };
    open();
  } catch {
    location.assign(link.href); // The page does the same without this script.
  }
}
