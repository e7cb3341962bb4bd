import { copyText } from "../features/site/copy-text.ts";

const answerMilliseconds = 2_000;

interface Labels {
  readonly copied: string;
  readonly notCopied: string;
}

/** Lets a button copy a text and say for a moment, in place of its own words, how that went. */
export function copyOnClick(button: HTMLButtonElement, read: () => string, labels: Labels): void {
  const label = button.textContent;
  button.addEventListener("click", async () => {
    button.textContent = (await copyText(read())) ? labels.copied : labels.notCopied;
    setTimeout(() => {
      button.textContent = label;
    }, answerMilliseconds);
  });
}
