import type { Locale } from "@haru/core/locale";
import { keysMessages } from "../features/site/keys-messages.ts";
import { element } from "./element.ts";
import { keysChoice } from "./reading-keys.ts";

let sheet: HTMLDialogElement | undefined;

/** Shows which keys lead where. It is made at its first use. */
export function open(): void {
  sheet ??= makeSheet(document.documentElement.lang as Locale);
  if (!sheet.open) sheet.showModal();
}

function makeSheet(locale: Locale): HTMLDialogElement {
  const text = keysMessages[locale];
  const rows = text.keys.flatMap(([keys, meaning]) => [
    element("dt", {}, ...keys.map((key) => element("kbd", { textContent: key }))),
    element("dd", { textContent: meaning }),
  ]);
  const choice = element("input", {
    type: "checkbox",
    checked: localStorage.getItem(keysChoice) !== "off",
  });
  choice.addEventListener("change", () => {
    if (choice.checked) localStorage.removeItem(keysChoice);
    else localStorage.setItem(keysChoice, "off");
  });
  const close = element("button", {
    type: "button",
    className: "button button-quiet button-small",
    textContent: text.close,
  });
  const made = element(
    "dialog",
    { className: "keys-sheet", ariaLabel: text.title },
    element("h2", { textContent: text.title }),
    element("dl", {}, ...rows),
    element("label", {}, choice, text.choice),
    close,
  );
  close.addEventListener("click", () => made.close());
  // A click beside the sheet is on the dialog itself.
  made.addEventListener("click", ({ target }) => {
    if (target === made) made.close();
  });
  document.body.append(made);
  return made;
}
