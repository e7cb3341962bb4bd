"use client";

import { type ReactNode, useEffect, useId, useRef } from "react";

interface SheetProps {
  readonly title: string;
  readonly close: string;
  readonly onClose: () => void;
  readonly children: ReactNode;
}

/**
 * A panel at the side of the window, over the page on a phone. The platform's dialog brings the top
 * layer, the way of the focus and Escape.
 */
export function Sheet({ title, close, onClose, children }: SheetProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const id = useId();
  useEffect(() => {
    dialog.current?.showModal();
  }, []);
  return (
    <dialog ref={dialog} className="sheet" aria-labelledby={id} onClose={onClose}>
      <div className="sheet-head">
        <h2 id={id}>{title}</h2>
        <button type="button" className="icon-button" aria-label={close} onClick={onClose}>
          ×
        </button>
      </div>
      {children}
    </dialog>
  );
}
