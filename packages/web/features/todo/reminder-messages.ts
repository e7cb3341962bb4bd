import type { Locale } from "@haru/core/locale";

/** Minutes before a todo is due at which people may be reminded of it. */
export const reminderChoices = [0, 10, 60, 1440] as const;

interface ReminderMessages {
  readonly field: string;
  readonly none: string;
  before(minutes: number): string;
  /** No way leads to the person. */
  readonly nowhere: string;
  readonly settings: string;
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
  nowhere: "이대로는 알림을 받을 수 없습니다. 메일 알림이 꺼져 있고, 알림을 켜 둔 기기도 없습니다.",
  settings: "설정에서 메일 알림 켜기",
};

const en: ReminderMessages = {
  field: "Reminder",
  none: "None",
  before(minutes) {
    if (minutes === 0) return "At that time";
    if (minutes % dayMinutes === 0) return before(minutes / dayMinutes, "day");
    return minutes % hourMinutes === 0 ? before(minutes / hourMinutes, "hour") : before(minutes, "minute");
  },
  nowhere: "This reminder would not reach you: mails are off, and no device of yours shows notifications.",
  settings: "Turn on mails in the settings",
};

function before(count: number, unit: string): string {
  return `${count} ${unit}${count === 1 ? "" : "s"} before`;
}

export const reminderMessages: Readonly<Record<Locale, ReminderMessages>> = { ko, en };
