"use client";

import type { Locale } from "@haru/core/locale";
import type { ReactNode } from "react";
import { goTo, type Place, pathTo } from "./use-place.ts";

interface PlaceLinkProps {
  readonly locale: Locale;
  readonly to: Place;
  readonly isCurrent: boolean;
  readonly className?: string;
  readonly children: ReactNode;
}

/** A link that changes the place at once, and opens another tab where the person asks for one. */
export function PlaceLink({ locale, to, isCurrent, className, children }: PlaceLinkProps) {
  const path = pathTo(locale, to);
  return (
    <a
      href={path}
      className={className}
      aria-current={isCurrent ? "page" : undefined}
      onClick={(event) => {
        if (event.metaKey || event.ctrlKey || event.shiftKey) return;
        event.preventDefault();
        goTo(path);
      }}
    >
      {children}
    </a>
  );
}
