import { hasDiagrams } from "../features/diagram/diagrams-in.ts";
import { assetUrl } from "./assets.ts";

/** What draws the diagrams of a text, if it has some. A script waits for the style sheets before it. */
export function DiagramParts({ html }: { readonly html: string }) {
  if (!hasDiagrams(html)) return null;
  return (
    <>
      <link rel="stylesheet" href={assetUrl("diagram.css")} />
      <script type="module" src={assetUrl("diagram.js")} />
    </>
  );
}
