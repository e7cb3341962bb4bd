/** Where a person's choice to do without single keys is kept. Absent means that they work. */
export const keysChoice = "haru-keys";

/** What a key leads to on this page. A link that the page does not have makes its key do nothing. */
const places: Readonly<Record<string, string>> = {
  h: ".mark",
  n: ".beside-newer",
  p: ".beside-older",
};

/**
 * Single keys of reader pages: `?` shows what there is, the others lead on. They can be turned off in
 * that sheet, since people who speak to their machine press keys without meaning to.
 */
export function startReadingKeys(): void {
  // Application pages have no such sheet, and keys of their own.
  if (!document.querySelector("[data-keys]")) return;
  document.addEventListener("keydown", (event) => {
    const { key, ctrlKey, metaKey, altKey, isComposing } = event;
    if (ctrlKey || metaKey || altKey || isComposing || isBusy(event.target)) return;
    if (localStorage.getItem(keysChoice) === "off") return;
    if (key === "?") {
      event.preventDefault();
      openSheet();
    } else if (key === "c") document.getElementById("comments")?.scrollIntoView();
    else document.querySelector<HTMLAnchorElement>(places[key] ?? ":not(*)")?.click();
  });
  document.addEventListener("click", ({ target }) => {
    if (target instanceof Element && target.closest("[data-keys]")) openSheet();
  });
}

/**
 * While somebody types, or answers a dialog, keys mean what they always mean. A field that went with its dialog
 * has the focus until the next frame, and nobody types into it.
 */
function isBusy(target: EventTarget | null): boolean {
  return (
    document.querySelector("dialog[open]") !== null ||
    (target instanceof HTMLElement &&
      target.checkVisibility() &&
      (target.isContentEditable || /^(?:INPUT|TEXTAREA|SELECT)$/.test(target.tagName)))
  );
}

async function openSheet(): Promise<void> {
  const script = document.querySelector<HTMLElement>("[data-keys]")?.dataset.keys;
  if (!script) return;
  const { open } = (await import(script)) as { open(): void };
  open();
}
