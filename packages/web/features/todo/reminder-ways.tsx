import type { Locale } from "@haru/core/locale";
import { useEffect, useState } from "react";
import { browserApi } from "../../browser-api.ts";
import type { PushState } from "../push-subscription/browser-push.ts";
import { PushSwitch } from "../push-subscription/push-switch.tsx";
import { reminderMessages } from "./reminder-messages.ts";

/** How a reminder comes to this person, and that it will not when there is no way left. */
export function ReminderWays({ locale }: { locale: Locale }) {
  const text = reminderMessages[locale];
  const [here, setHere] = useState<PushState>();
  const [isReached, setReached] = useState<boolean>();
  useEffect(() => {
    if (here === undefined) return;
    let isCurrent = true;
    isReachedElsewhere(locale).then(
      (isReachable) => isCurrent && setReached(isReachable),
      // Without a network nobody knows, and nothing is said.
      () => {},
    );
    return () => {
      isCurrent = false;
    };
  }, [locale, here]);
  return (
    <>
      <PushSwitch locale={locale} onState={setHere} />
      {here !== "on" && isReached === false && (
        <div className="banner banner-warn todo-details-wide" role="alert">
          <p>{text.nowhere}</p>
          <a className="button button-quiet button-small" href={`/${locale}/settings`}>
            {text.settings}
          </a>
        </div>
      )}
    </>
  );
}

/** By mail, or on another device. */
async function isReachedElsewhere(locale: Locale): Promise<boolean> {
  const { notice, pushSubscription } = browserApi(locale);
  const [{ reminders }, { browsers }] = await Promise.all([notice.read({}), pushSubscription.read({})]);
  return reminders || browsers > 0;
}
