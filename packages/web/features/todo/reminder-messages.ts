import type { Locale } from "@haru/core/locale";

/** Minutes before a todo is due at which people may be reminded of it. */
export const reminderChoices = [0, 10, 60, 1440] as const;

interface ReminderMessages {
  readonly field: string;
  readonly none: string;
  before(minutes: number): string;
}

const hourMinutes = 60;
const dayMinutes = 24 * hourMinutes;

const ko: ReminderMessages = {
  field: "알림",
  none: "안 함",
  before(minutes) {
    if (minutes === 0) return "그 시각에";
    if (minutes % dayMinutes === 0) return `${minutes / dayMinutes}일 전`;
    return minutes % hourMinutes === 0 ? `${minutes / hourMinutes}시간 전` : `${minutes}분 전`;
  },
};

const en: ReminderMessages = {
  field: "Reminder",
  none: "None",
  before(minutes) {
    if (minutes === 0) return "At that time";
    if (minutes % dayMinutes === 0) return before(minutes / dayMinutes, "day");
    return minutes % hourMinutes === 0 ? before(minutes / hourMinutes, "hour") : before(minutes, "minute");
  },
};

function before(count: number, unit: string): string {
  return `${count} ${unit}${count === 1 ? "" : "s"} before`;
}

export const reminderMessages: Readonly<Record<Locale, ReminderMessages>> = { ko, en };
