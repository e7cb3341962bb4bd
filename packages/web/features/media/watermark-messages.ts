import type { Locale } from "@haru/core/locale";
import type { WatermarkSetting } from "@haru/core/media/watermark.contract";

/** What administrators read about the mark on full pictures. */
interface WatermarkMessages {
  readonly title: string;
  readonly lead: string;
  readonly isOn: string;
  readonly isOnHint: string;
  readonly position: string;
  readonly positions: Readonly<Record<WatermarkSetting["position"], string>>;
  readonly opacity: string;
  readonly sample: string;
  readonly save: string;
  readonly saved: string;
}

const ko: WatermarkMessages = {
  title: "워터마크",
  lead: "크게 본 그림에 사이트의 표식을 넣습니다. 글 속의 그림에는 넣지 않습니다.",
  isOn: "워터마크 넣기",
  isOnHint: "이미 있는 그림은 다시 만들 때 바뀝니다.",
  position: "자리",
  positions: {
    "top-left": "왼쪽 위",
    "top-right": "오른쪽 위",
    "bottom-left": "왼쪽 아래",
    "bottom-right": "오른쪽 아래",
    centre: "가운데",
  },
  opacity: "진하기",
  sample: "워터마크가 놓이는 모습",
  save: "워터마크 저장",
  saved: "저장했습니다. 이제부터 올리는 그림에 쓰입니다.",
};

const en: WatermarkMessages = {
  title: "Mark on pictures",
  lead: "Pictures that are looked at in full carry the site's mark. Pictures in the text of posts do not.",
  isOn: "Put the mark on pictures",
  isOnHint: "Pictures that are there already change when they are made anew.",
  position: "Place",
  positions: {
    "top-left": "Top left",
    "top-right": "Top right",
    "bottom-left": "Bottom left",
    "bottom-right": "Bottom right",
    centre: "Centre",
  },
  opacity: "Strength",
  sample: "Where the mark will be",
  save: "Save the mark",
  saved: "Saved. Pictures that are uploaded from now on carry it.",
};

export const watermarkMessages: Readonly<Record<Locale, WatermarkMessages>> = { ko, en };
