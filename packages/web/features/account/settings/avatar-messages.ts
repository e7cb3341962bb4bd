import type { Locale } from "@haru/core/locale";

interface AvatarMessages {
  readonly title: string;
  readonly hint: string;
  readonly choose: string;
  readonly change: string;
  readonly remove: string;
}

const ko: AvatarMessages = {
  title: "사진",
  hint: "이름 옆에 동그랗게 보입니다. 찍은 곳 같은 정보는 지웁니다.",
  choose: "사진 올리기",
  change: "다른 사진으로 바꾸기",
  remove: "사진 지우기",
};

const en: AvatarMessages = {
  title: "Picture",
  hint: "Shown round beside your name. Where it was taken and the like is removed.",
  choose: "Upload a picture",
  change: "Use another picture",
  remove: "Remove the picture",
};

export const avatarMessages: Readonly<Record<Locale, AvatarMessages>> = { ko, en };
