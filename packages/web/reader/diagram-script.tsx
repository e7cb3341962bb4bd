import { hasDiagrams } from "../features/diagram/diagrams-in.ts";
import { assetUrl } from "./assets.ts";

/** The island that draws the diagrams of a text, if it has some. */
export function DiagramScript({ html }: { readonly html: string }) {
  return hasDiagrams(html) ? <script type="module" src={assetUrl("diagram.js")} /> : null;
}
