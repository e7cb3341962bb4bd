import type { Locale } from "@haru/core/locale";
import { maxUploadBytes, type Refusal } from "@haru/core/media/upload.contract";
import { grouped } from "../site/grouped.ts";
import type { UploadState } from "./upload-queue.ts";

/** What authors read about pictures. */
export interface MediaMessages {
  readonly title: string;
  readonly add: string;
  readonly drop: string;
  readonly search: string;
  readonly empty: { readonly title: string; readonly text: string };
  readonly nothingFound: string;
  readonly more: string;
  readonly loading: string;
  readonly failed: string;
  readonly again: string;
  readonly used: (used: string, quota: string, count: number) => string;
  readonly uploads: string;
  readonly state: Readonly<Record<UploadState, string>>;
  readonly refusal: Readonly<Record<Refusal, string>>;
  readonly notAPicture: string;
  readonly tooLarge: (maxBytes: number) => string;
  readonly sendFailed: string;
  readonly paused: string;
  readonly stop: string;
  readonly cancel: (name: string) => string;
  readonly dismiss: (name: string) => string;
  readonly retry: string;
  readonly altOf: (name: string) => string;
  readonly alt: string;
  readonly altHint: string;
  readonly caption: string;
  readonly focus: string;
  readonly focusHint: string;
  readonly automatic: string;
  readonly uses: string;
  readonly noUses: string;
  readonly published: string;
  readonly draft: string;
  readonly replace: string;
  readonly remove: string;
  readonly removeUsed: string;
  readonly save: string;
  readonly saved: string;
  readonly close: string;
  readonly copy: string;
  readonly missing: string;
  readonly cover: {
    readonly title: string;
    readonly choose: string;
    readonly change: string;
    readonly remove: string;
    readonly address: string;
    readonly addressHint: string;
    readonly alt: string;
  };
}

const megabytes = (bytes: number) => bytes / 1_000_000;
const tooLarge: Readonly<Record<Locale, MediaMessages["tooLarge"]>> = {
  ko: (maxBytes) => `${megabytes(maxBytes)}MB까지 올릴 수 있습니다. 줄여서 다시 올려 주세요.`,
  en: (maxBytes) => `The limit is ${megabytes(maxBytes)} MB. Make the file smaller and upload it again.`,
};

const ko: MediaMessages = {
  title: "그림",
  add: "그림 올리기",
  drop: "그림을 여기에 놓거나 붙여 넣으세요",
  search: "이름이나 설명으로 찾기",
  empty: {
    title: "아직 그림이 없습니다",
    text: "그림을 끌어다 놓거나 고르면 글에 쓸 수 있게 준비해 둡니다.",
  },
  nothingFound: "찾는 그림이 없습니다.",
  more: "더 보기",
  loading: "그림을 불러오는 중…",
  failed: "하지 못했습니다. 잠시 뒤 다시 시도해 주세요.",
  again: "다시 시도",
  used: (used, quota, count) => `그림 ${grouped(count)}장 · ${quota} 가운데 ${used} 사용`,
  uploads: "올리는 그림",
  state: {
    queued: "차례를 기다리는 중",
    sending: "보내는 중",
    processing: "크기별로 만드는 중",
    ready: "준비됨",
    refused: "올릴 수 없음",
    failed: "보내지 못함",
  },
  refusal: {
    broken: "파일이 깨져 있습니다. 원본에서 다시 내보내 주세요.",
    empty: "빈 파일입니다. 다른 파일을 골라 주세요.",
    failed: "그림을 만들지 못했습니다. 다시 올려 주세요.",
    not_a_picture: "그림 파일이 아닙니다. JPEG, PNG, WebP, AVIF, GIF, HEIC를 올려 주세요.",
    svg: "SVG는 받지 않습니다. PNG로 내보내 올려 주세요.",
    too_large: tooLarge.ko(maxUploadBytes),
    too_long_side: "한 변이 12,000픽셀을 넘습니다. 줄여서 올려 주세요.",
    too_many_frames: "움직이는 그림의 장면이 너무 많습니다. 600장까지 올릴 수 있습니다.",
    too_many_pixels: "5천만 화소를 넘습니다. 줄여서 올려 주세요.",
    too_slow: "그림을 푸는 데 너무 오래 걸립니다. 다른 형식으로 올려 주세요.",
  },
  notAPicture: "JPEG, PNG, WebP, AVIF, GIF, HEIC만 올릴 수 있습니다.",
  tooLarge: tooLarge.ko,
  sendFailed: "보내지 못했습니다. 연결을 확인하고 다시 시도해 주세요.",
  paused: "연결을 기다리는 중. 이어지면 보낸 데서부터 계속합니다.",
  stop: "그만 보내기",
  cancel: (name) => `${name} 올리기 취소`,
  dismiss: (name) => `${name} 치우기`,
  retry: "다시 보내기",
  altOf: (name) => `${name} 설명`,
  alt: "설명 (대체 텍스트)",
  altHint: "그림을 볼 수 없는 사람에게 무엇이 보이는지 알려 주세요.",
  caption: "캡션",
  focus: "중심",
  focusHint: "그림에서 꼭 보여야 할 곳을 누르세요. 작은 그림이 그곳을 중심으로 잘립니다.",
  automatic: "알아서 고르기",
  uses: "쓰인 글",
  noUses: "아직 어느 글에도 쓰이지 않았습니다.",
  published: "공개됨",
  draft: "초안",
  replace: "다른 파일로 바꾸기",
  remove: "지우기",
  removeUsed: "쓰이고 있어도 지우기",
  save: "저장",
  saved: "저장했습니다.",
  close: "닫기",
  copy: "마크다운 복사",
  missing: "아직 준비되지 않은 그림",
  cover: {
    title: "표지 그림",
    choose: "표지 그림 올리기",
    change: "다른 그림으로 바꾸기",
    remove: "표지 빼기",
    address: "또는 그림 주소",
    addressHint: "https:// 로 시작하는 주소",
    alt: "표지 그림 설명",
  },
};

const en: MediaMessages = {
  title: "Pictures",
  add: "Upload pictures",
  drop: "Drop or paste pictures here",
  search: "Search by name or description",
  empty: { title: "No pictures yet", text: "Drop or choose photos, and they are made ready for your posts." },
  nothingFound: "No picture matches.",
  more: "Show more",
  loading: "Loading pictures…",
  failed: "That did not work. Please try again in a moment.",
  again: "Try again",
  used: (used, quota, count) => `${grouped(count)} pictures · ${used} of ${quota} used`,
  uploads: "Uploads",
  state: {
    queued: "Waiting its turn",
    sending: "Sending",
    processing: "Making sizes",
    ready: "Ready",
    refused: "Refused",
    failed: "Not sent",
  },
  refusal: {
    broken: "The file is broken. Export it again from its original.",
    empty: "The file is empty. Choose another one.",
    failed: "The picture could not be made. Please upload it again.",
    not_a_picture: "This is no picture. Upload JPEG, PNG, WebP, AVIF, GIF or HEIC.",
    svg: "SVG is not accepted. Export it as PNG and upload that.",
    too_large: tooLarge.en(maxUploadBytes),
    too_long_side: "One side is longer than 12,000 pixels. Make it smaller and upload it again.",
    too_many_frames: "The animation has too many frames. The limit is 600.",
    too_many_pixels: "The picture has more than 50 megapixels. Make it smaller and upload it again.",
    too_slow: "The picture takes too long to read. Upload it in another format.",
  },
  notAPicture: "Only JPEG, PNG, WebP, AVIF, GIF and HEIC can be uploaded.",
  tooLarge: tooLarge.en,
  sendFailed: "The file could not be sent. Check your connection and try again.",
  paused: "Waiting for the connection. Sending goes on from where it was.",
  stop: "Stop sending",
  cancel: (name) => `Cancel ${name}`,
  dismiss: (name) => `Dismiss ${name}`,
  retry: "Send again",
  altOf: (name) => `Description of ${name}`,
  alt: "Description (alt text)",
  altHint: "Tell those who cannot see the picture what it shows.",
  caption: "Caption",
  focus: "Focal point",
  focusHint: "Press what must stay in sight. The small crop is made around it.",
  automatic: "Choose for me",
  uses: "Used in",
  noUses: "No post shows it yet.",
  published: "Published",
  draft: "Draft",
  replace: "Replace the file",
  remove: "Delete",
  removeUsed: "Delete although it is used",
  save: "Save",
  saved: "Saved.",
  close: "Close",
  copy: "Copy Markdown",
  missing: "Picture not ready yet",
  cover: {
    title: "Cover picture",
    choose: "Upload a cover",
    change: "Use another picture",
    remove: "Remove the cover",
    address: "Or the address of a picture",
    addressHint: "Starts with https://",
    alt: "What the cover shows",
  },
};

export const mediaMessages: Readonly<Record<Locale, MediaMessages>> = { ko, en };
