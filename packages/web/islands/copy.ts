const copiedMilliseconds = 2_000;

/** Gives every block of code a button that copies it. */
export function startCopyButtons(): void {
  const prose = document.querySelector<HTMLElement>(".prose[data-copy-label]");
  const { copyLabel = "", copiedLabel = "" } = prose?.dataset ?? {};
  for (const figure of prose?.querySelectorAll<HTMLElement>("figure.code[data-copy]") ?? []) {
    const code = figure.querySelector("pre");
    if (!code) continue;
    const button = document.createElement("button");
    button.type = "button";
    button.className = "copy-button";
    button.textContent = copyLabel;
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(code.textContent ?? "");
      button.textContent = copiedLabel;
      setTimeout(() => {
        button.textContent = copyLabel;
      }, copiedMilliseconds);
    });
    figure.append(button);
  }
}
