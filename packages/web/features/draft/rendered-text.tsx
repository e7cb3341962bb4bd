import type { Locale } from "@haru/core/locale";
import { useLayoutEffect, useMemo, useRef } from "react";
import { createDiagrams } from "../diagram/diagrams.ts";
import { hasDiagrams } from "../diagram/diagrams-in.ts";
import { renderedHtml } from "../site/trusted-html.ts";

interface RenderedTextProps {
  readonly html: string;
  /** The language that the author reads the site in. */
  readonly locale: Locale;
}

/** A text as the server rendered it, with its diagrams, and what is wrong with those that cannot be drawn. */
export function RenderedText({ html, locale }: RenderedTextProps) {
  const prose = useRef<HTMLDivElement>(null);
  const diagrams = useRef<ReturnType<typeof createDiagrams>>(undefined);
  // React writes markup anew when its object is another one, over the diagrams that were drawn into it.
  const markup = useMemo(() => ({ __html: renderedHtml(html) }), [html]);
  useLayoutEffect(() => {
    if (!prose.current || !hasDiagrams(html)) return;
    diagrams.current ??= createDiagrams({ locale, explains: true });
    diagrams.current.show(prose.current);
  }, [html, locale]);
  // biome-ignore lint/security/noDangerouslySetInnerHtml: rendered by the API, safe by construction.
  return <div ref={prose} className="prose" dangerouslySetInnerHTML={markup} />;
}
