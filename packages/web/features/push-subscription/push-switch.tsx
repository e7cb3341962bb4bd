"use client";

import type { Locale } from "@haru/core/locale";
import { useEffect, useState } from "react";
import { type PushState, readPush, turnOffPush, turnOnPush } from "./browser-push.ts";
import { pushMessages } from "./messages.ts";

interface PushSwitchProps {
  readonly locale: Locale;
  /** Called when it is known how things stand, and with each change. */
  onState?(state: PushState): void;
}

/** Whether this device tells of reminders, and the button that changes it. It asks for leave when it is pressed. */
export function PushSwitch({ locale, onState }: PushSwitchProps) {
  const text = pushMessages[locale];
  const [state, setState] = useState<PushState>();
  const [isBusy, setBusy] = useState(false);
  const [hasFailed, setFailed] = useState(false);
  useEffect(() => {
    readPush().then(setState, () => setFailed(true));
  }, []);
  useEffect(() => {
    if (state) onState?.(state);
  }, [state, onState]);

  async function change(turn: typeof turnOnPush): Promise<void> {
    if (isBusy) return;
    setBusy(true);
    setFailed(false);
    try {
      setState(await turn(locale));
    } catch (error) {
      console.warn("Notifications could not be changed.", error);
      setFailed(true);
    } finally {
      setBusy(false);
    }
  }

  return (
    <div className="push-switch">
      <p className="note" role="status">
        {hasFailed ? text.failed : state && text.states[state]}
      </p>
      {(state === "on" || state === "off") && (
        <button
          type="button"
          className="button button-quiet button-small"
          aria-disabled={isBusy}
          onClick={() => void change(state === "on" ? turnOffPush : turnOnPush)}
        >
          {state === "on" ? text.turnOff : text.turnOn}
        </button>
      )}
    </div>
  );
}
