"use client";

import { Toast } from "@base-ui/react/toast";
import type { DraftMessages } from "./messages.ts";

/** What just happened, at the foot of the window, with the way back beside it. */
export function Toasts({ text }: { text: DraftMessages }) {
  const { toasts } = Toast.useToastManager();
  return (
    <Toast.Portal>
      <Toast.Viewport className="toasts" aria-label={text.notices}>
        {toasts.map((toast) => (
          <Toast.Root key={toast.id} toast={toast} className="toast">
            <Toast.Description />
            <Toast.Action className="toast-action" />
            {/* These stand one below the other, none behind another, as which the library hides its button. */}
            <Toast.Close className="toast-close" aria-label={text.close} aria-hidden={false}>
              ×
            </Toast.Close>
          </Toast.Root>
        ))}
      </Toast.Viewport>
    </Toast.Portal>
  );
}
