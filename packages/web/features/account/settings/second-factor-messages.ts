import type { Locale } from "@haru/core/locale";

export interface SecondFactorMessages {
  readonly title: string;
  readonly lead: string;
  readonly isOff: string;
  readonly isOn: (codesLeft: number) => string;
  readonly currentPassword: string;
  readonly begin: string;
  readonly scan: string;
  readonly qrLabel: string;
  readonly secret: string;
  readonly code: string;
  readonly codeHint: string;
  readonly turnOn: string;
  readonly cancel: string;
  readonly codesTitle: string;
  readonly codesLead: string;
  readonly copy: string;
  readonly kept: string;
  readonly manage: string;
  readonly renew: string;
  readonly turnOff: string;
  readonly turnedOff: string;
}

const ko: SecondFactorMessages = {
  title: "2단계 인증",
  lead: "비밀번호를 누가 알아내도, 인증 앱의 코드가 없으면 들어올 수 없습니다.",
  isOff: "지금은 비밀번호만으로 로그인합니다.",
  isOn: (codesLeft) => `로그인할 때마다 인증 앱의 코드를 묻습니다. 남은 복구 코드: ${codesLeft}개`,
  currentPassword: "지금 비밀번호",
  begin: "인증 앱 연결하기",
  scan: "인증 앱으로 이 그림을 찍거나 키를 직접 넣은 뒤, 앱에 보이는 코드를 적어 주세요.",
  qrLabel: "인증 앱으로 찍을 QR 코드",
  secret: "키",
  code: "인증 앱 코드",
  codeHint: "숫자 여섯 자리",
  turnOn: "2단계 인증 켜기",
  cancel: "그만두기",
  codesTitle: "복구 코드를 따로 보관해 주세요",
  codesLead:
    "앱을 잃어버렸을 때 이 가운데 하나로 로그인할 수 있고, 그러면 2단계 인증이 꺼집니다. 다시 보여 드리지 않습니다.",
  copy: "복사",
  kept: "보관했습니다",
  manage: "2단계 인증 바꾸기",
  renew: "복구 코드 새로 만들기",
  turnOff: "2단계 인증 끄기",
  turnedOff: "2단계 인증을 껐습니다.",
};

const en: SecondFactorMessages = {
  title: "Second factor",
  lead: "Whoever finds out your password still needs the code of your authenticator app.",
  isOff: "You sign in with your password alone.",
  isOn: (codesLeft) => `Each sign-in asks for a code of your app. Recovery codes left: ${codesLeft}.`,
  currentPassword: "Current password",
  begin: "Connect an app",
  scan: "Scan this picture with your authenticator app, or type the key into it. Then enter the code that it shows.",
  qrLabel: "QR code for your authenticator app",
  secret: "Key",
  code: "Code of your app",
  codeHint: "Six digits",
  turnOn: "Turn it on",
  cancel: "Cancel",
  codesTitle: "Keep these recovery codes in a safe place",
  codesLead:
    "If you lose the app, one of them signs you in and turns the second factor off. They are not shown again.",
  copy: "Copy",
  kept: "I have kept them",
  manage: "Change the second factor",
  renew: "Make new recovery codes",
  turnOff: "Turn it off",
  turnedOff: "The second factor is off.",
};

export const secondFactorMessages: Readonly<Record<Locale, SecondFactorMessages>> = { ko, en };
