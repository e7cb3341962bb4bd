import type { Locale } from "@haru/core/locale";

interface CalendarMessages {
  readonly title: string;
  readonly lead: string;
  readonly address: string;
  readonly warning: string;
  readonly make: string;
  readonly copy: string;
  readonly renew: string;
  readonly renewed: string;
  readonly withdraw: string;
  readonly withdrawn: string;
}

export const calendarMessages: Readonly<Record<Locale, CalendarMessages>> = {
  ko: {
    title: "달력에서 보기",
    lead: "날짜가 있는 할 일을 다른 달력 앱에서 볼 수 있습니다. 앱의 ‘URL로 구독’에 비밀 주소를 넣으세요.",
    address: "비밀 주소",
    warning: "이 주소를 아는 사람은 누구나 할 일을 볼 수 있습니다. 새어 나갔다면 새 주소로 바꾸세요.",
    make: "주소 만들기",
    copy: "복사",
    renew: "새 주소로 바꾸기",
    renewed: "바꿨습니다. 앞의 주소는 이제 열리지 않습니다.",
    withdraw: "없애기",
    withdrawn: "없앴습니다. 주소는 이제 열리지 않습니다.",
  },
  en: {
    title: "In your calendar",
    lead: "Other calendars can show your todos that have a day. Subscribe to the secret address there, by URL.",
    address: "Secret address",
    warning: "Whoever knows this address can read these todos. Should it have become known, take a new one.",
    make: "Make the address",
    copy: "Copy",
    renew: "Take a new one",
    renewed: "Done. The address before no longer opens.",
    withdraw: "Remove",
    withdrawn: "Removed. The address no longer opens.",
  },
};
