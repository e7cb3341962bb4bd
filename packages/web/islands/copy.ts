import { copyOnClick } from "./copy-button.ts";
import { element } from "./element.ts";

/** Gives every block of code a button that copies it. */
export function startCopyButtons(): void {
  const prose = document.querySelector<HTMLElement>(".prose[data-copy-label]");
  const { copyLabel = "", copiedLabel = "", notCopiedLabel = "" } = prose?.dataset ?? {};
  for (const figure of prose?.querySelectorAll<HTMLElement>("figure.code[data-copy]") ?? []) {
    const code = figure.querySelector("pre");
    if (!code) continue;
    const button = element("button", { type: "button", className: "copy-button", textContent: copyLabel });
    copyOnClick(button, () => code.textContent ?? "", { copied: copiedLabel, notCopied: notCopiedLabel });
    figure.append(button);
  }
}
