import type { Locale } from "@haru/core/locale";
import { Section } from "../account/settings/section.tsx";
import { pushMessages } from "./messages.ts";
import { PushSwitch } from "./push-switch.tsx";

/** Notifications of reminders, device by device, beside the mails. */
export function PushSection({ locale }: { locale: Locale }) {
  const { title, lead } = pushMessages[locale];
  return (
    <Section title={title} lead={lead}>
      <PushSwitch locale={locale} />
    </Section>
  );
}
