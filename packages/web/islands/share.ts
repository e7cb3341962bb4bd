import { copyOnClick } from "./copy-button.ts";

/** The two buttons below a post: the device's own way to share where there is one, and the link. */
export function startShare(): void {
  const place = document.querySelector<HTMLElement>("[data-share]");
  const share = place?.querySelector<HTMLButtonElement>("[data-share-device]");
  const copy = place?.querySelector<HTMLButtonElement>("[data-share-copy]");
  const url = document.querySelector<HTMLLinkElement>("link[rel=canonical]")?.href ?? location.href;
  if (share && "share" in navigator) {
    share.hidden = false;
    share.addEventListener("click", async () => {
      try {
        await navigator.share({ title: place?.dataset.share ?? "", url });
      } catch (error) {
        // Somebody changed their mind.
        if ((error as Error).name !== "AbortError") throw error;
      }
    });
  }
  const { shareCopy = "", notCopied = "" } = copy?.dataset ?? {};
  if (copy) copyOnClick(copy, () => url, { copied: shareCopy, notCopied });
}
