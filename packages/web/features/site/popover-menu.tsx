"use client";

import { type ReactNode, useId, useRef } from "react";

interface PopoverMenuProps {
  readonly label: string;
  readonly icon: ReactNode;
  /** Links and buttons of the class `menu-item`. */
  readonly children: ReactNode;
}

/**
 * A button that opens a few actions under it. The platform's popover brings the top layer, Escape,
 * closing by a click elsewhere and the way of the focus; only the place is ours.
 */
export function PopoverMenu({ label, icon, children }: PopoverMenuProps) {
  const id = useId();
  const button = useRef<HTMLButtonElement>(null);
  const menu = useRef<HTMLDivElement>(null);

  function place(): void {
    const edge = button.current?.getBoundingClientRect();
    if (!edge || !menu.current) return;
    menu.current.style.top = `${edge.bottom}px`;
    menu.current.style.right = `${document.documentElement.clientWidth - edge.right}px`;
  }

  return (
    <>
      <button ref={button} type="button" className="icon-button" popoverTarget={id} aria-label={label}>
        {icon}
      </button>
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: what is chosen inside closes it, by whatever key. */}
      {/* biome-ignore lint/a11y/noStaticElementInteractions: the elements inside are what one acts on. */}
      <div
        ref={menu}
        id={id}
        popover="auto"
        className="menu menu-floating"
        onBeforeToggle={place}
        onClick={() => menu.current?.hidePopover()}
      >
        {children}
      </div>
    </>
  );
}
