import type { Locale } from "@haru/core/locale";
import type { PushState } from "./browser-push.ts";

interface PushMessages {
  readonly title: string;
  readonly lead: string;
  readonly states: Readonly<Record<PushState, string>>;
  readonly turnOn: string;
  readonly turnOff: string;
  readonly failed: string;
}

export const pushMessages: Readonly<Record<Locale, PushMessages>> = {
  ko: {
    title: "기기 알림",
    lead: "할 일에 알림을 걸어 두면 앱이 닫혀 있어도 이 기기에서 알려 드립니다. 로그아웃하면 꺼집니다.",
    states: {
      unsupported:
        "이 브라우저에서는 기기 알림을 받을 수 없습니다. iPhone과 iPad에서는 할 일을 홈 화면에 추가하면 받을 수 있습니다.",
      denied:
        "브라우저에서 이 사이트의 알림을 막아 두었습니다. 브라우저의 사이트 설정에서 허용한 뒤 다시 켜 주세요.",
      off: "이 기기에서는 알림이 꺼져 있습니다.",
      on: "이 기기에서 할 일을 알려 드립니다.",
    },
    turnOn: "이 기기 알림 켜기",
    turnOff: "이 기기 알림 끄기",
    failed: "기기 알림을 바꾸지 못했습니다. 연결을 확인하고 다시 시도해 주세요.",
  },
  en: {
    title: "Notifications on this device",
    lead: "Tells you of todos with a reminder, also while the app is closed. Signing out turns it off.",
    states: {
      unsupported:
        "This browser cannot show notifications of this site. On an iPhone or iPad, add the todos to the home screen first.",
      denied:
        "Your browser blocks notifications of this site. Allow them in its settings for this site, then turn them on here.",
      off: "Notifications are off on this device.",
      on: "This device tells you of todos.",
    },
    turnOn: "Turn on for this device",
    turnOff: "Turn off for this device",
    failed: "That did not work. Check your connection and try again.",
  },
};
