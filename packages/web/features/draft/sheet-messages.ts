import type { Locale } from "@haru/core/locale";

/** What authors read on the panels around a text: its state, its history, who may see it. */
export interface SheetMessages {
  readonly gone: { readonly title: string; readonly text: string; readonly restore: string };
  readonly recovered: string;
  readonly deviceFull: string;
  readonly difference: { readonly none: string; readonly leftOut: string };
  readonly choose: {
    readonly title: string;
    readonly text: string;
    readonly legend: string;
    readonly keepMine: string;
    readonly takeTheirs: string;
    readonly taken: string;
  };
  readonly schedule: {
    readonly open: string;
    readonly title: string;
    readonly when: string;
    readonly zone: (zone: string) => string;
    readonly pinned: string;
    readonly confirm: string;
    readonly cancel: string;
    readonly done: (when: string) => string;
    readonly cancelled: string;
    readonly failed: string;
    readonly planned: (when: string) => string;
    readonly stale: string;
    readonly renew: string;
  };
  readonly settings: {
    readonly open: string;
    readonly title: string;
    readonly unlisted: string;
    readonly unlistedHint: string;
    readonly pinned: string;
    readonly pinnedHint: string;
    readonly page: string;
    readonly pageHint: string;
    readonly series: string;
    readonly seriesHint: string;
    readonly searchTitle: string;
    readonly searchDescription: string;
    readonly result: string;
    readonly card: string;
  };
  readonly revisions: {
    readonly open: string;
    readonly title: string;
    readonly empty: string;
    readonly reasons: Readonly<Record<"writing" | "published" | "scheduled" | "restoring", string>>;
    readonly compare: (when: string) => string;
    readonly restore: string;
    readonly restored: string;
    readonly more: string;
  };
  readonly links: {
    readonly open: string;
    readonly title: string;
    readonly text: string;
    readonly make: string;
    readonly days: Readonly<Record<1 | 7 | 30, string>>;
    readonly duration: string;
    readonly until: (when: string) => string;
    readonly copy: string;
    readonly withdraw: string;
    readonly withdrawn: string;
    readonly empty: string;
  };
  readonly remove: { readonly open: string; readonly done: string; readonly restored: string };
}

const ko: SheetMessages = {
  gone: {
    title: "지운 글입니다",
    text: "지운 뒤 30일 동안은 되살릴 수 있습니다. 되살린 글은 초안이 됩니다.",
    restore: "되살리기",
  },
  recovered: "이 기기에 남아 있던 글을 되살렸습니다.",
  deviceFull: "이 기기에 저장할 자리가 없습니다. 서버에는 계속 저장됩니다.",
  difference: { none: "글은 서로 같습니다.", leftOut: "바뀌지 않은 부분을 줄였습니다" },
  choose: {
    title: "다른 곳에서 고친 글과 다릅니다",
    text: "이 글이 그 사이 다른 곳에서 저장되었습니다. 여기 쓴 것은 이 기기에 그대로 있으니, 무엇으로 이어 갈지 골라 주세요.",
    legend: "빨간 줄은 다른 곳에만, 밑줄은 여기에만 있는 내용입니다.",
    keepMine: "여기 쓴 것으로 저장",
    takeTheirs: "다른 곳의 글로 바꾸기",
    taken: "다른 곳에서 저장한 글을 열었습니다.",
  },
  schedule: {
    open: "예약하기…",
    title: "공개 예약",
    when: "공개할 때",
    zone: (zone) => `${zone} 기준`,
    pinned: "예약한 지금 이대로 공개됩니다. 나중에 고친 내용은 다시 예약해야 들어갑니다.",
    confirm: "예약",
    cancel: "예약 취소",
    done: (when) => `${when}에 공개됩니다.`,
    cancelled: "예약을 취소했습니다.",
    failed: "예약한 때에 공개하지 못했습니다. 글을 확인하고 다시 공개해 주세요.",
    planned: (when) => `${when} 공개 예정`,
    stale: "예약한 뒤에 고친 내용은 들어가지 않습니다.",
    renew: "고친 내용으로 다시 예약",
  },
  settings: {
    open: "글 설정…",
    title: "글 설정",
    unlisted: "목록에 넣지 않기",
    unlistedHint: "주소를 아는 사람만 읽습니다. 목록, 피드, 검색에 나오지 않습니다.",
    pinned: "첫 화면 맨 위에 두기",
    pinnedHint: "다른 글보다 먼저 보입니다.",
    page: "독립된 페이지로 두기",
    pageHint: "소개처럼 날짜와 댓글 없이, 목록과 피드 밖에 있습니다. 메뉴에 주소를 넣어 이어 주세요.",
    series: "연재",
    seriesHint: "같은 이름을 적은 글이 공개한 순서대로 한 연재가 됩니다.",
    searchTitle: "검색에 보일 제목",
    searchDescription: "검색에 보일 설명",
    result: "검색 결과에서",
    card: "공유했을 때",
  },
  revisions: {
    open: "이전 버전…",
    title: "이전 버전",
    empty: "아직 남겨 둔 버전이 없습니다. 쓰는 동안 10분마다, 그리고 공개할 때마다 남깁니다.",
    reasons: {
      writing: "쓰는 동안",
      published: "공개한 글",
      scheduled: "예약한 글",
      restoring: "되돌리기 전",
    },
    compare: (when) => `${when} 버전과 지금`,
    restore: "이 버전으로 되돌리기",
    restored: "이전 버전을 초안으로 가져왔습니다. 독자에게 보이는 글은 그대로입니다.",
    more: "더 보기",
  },
  links: {
    open: "미리보기 주소…",
    title: "미리보기 주소",
    text: "주소를 받은 사람은 로그인하지 않고 지금의 초안을 읽습니다. 검색에는 나오지 않습니다.",
    make: "주소 만들기",
    days: { 1: "하루", 7: "일주일", 30: "30일" },
    duration: "기간",
    until: (when) => `${when}까지`,
    copy: "복사",
    withdraw: "거두기",
    withdrawn: "주소를 거두었습니다. 이제 열리지 않습니다.",
    empty: "지금 쓸 수 있는 주소가 없습니다.",
  },
  remove: {
    open: "글 지우기",
    done: "글을 지웠습니다. 30일 동안 되살릴 수 있습니다.",
    restored: "글을 되살렸습니다.",
  },
};

const en: SheetMessages = {
  gone: {
    title: "This post was deleted",
    text: "It can be restored for 30 days. A restored post is a draft.",
    restore: "Restore",
  },
  recovered: "Recovered what was left on this device.",
  deviceFull: "This device has no room left to save on. The server still saves.",
  difference: { none: "The texts are the same.", leftOut: "Unchanged text is left out" },
  choose: {
    title: "This differs from what was saved elsewhere",
    text: "This post was saved somewhere else in the meantime. What you wrote here is safe on this device; choose what to go on with.",
    legend: "Struck through is only there, underlined is only here.",
    keepMine: "Save what is here",
    takeTheirs: "Take the other one",
    taken: "Opened what was saved elsewhere.",
  },
  schedule: {
    open: "Schedule…",
    title: "Schedule publication",
    when: "Publish at",
    zone: (zone) => `Time zone: ${zone}`,
    pinned: "It is published as it is now. Later changes go in when you schedule it again.",
    confirm: "Schedule",
    cancel: "Cancel the schedule",
    done: (when) => `Will be published on ${when}.`,
    cancelled: "No longer scheduled.",
    failed: "It could not be published at its time. Please look at the post and publish it again.",
    planned: (when) => `Scheduled for ${when}`,
    stale: "Changes made since then will not be in it.",
    renew: "Schedule again with the changes",
  },
  settings: {
    open: "Post settings…",
    title: "Post settings",
    unlisted: "Keep out of lists",
    unlistedHint: "Only people who know the address read it. It is in no list, feed or search.",
    pinned: "Pin to the front page",
    pinnedHint: "It stands before the other posts.",
    page: "Make it a page of its own",
    pageHint: "Like an about page: no date or comments, in no list or feed. Link to it from the menu.",
    series: "Series",
    seriesHint: "Posts with the same name here become one series, in the order of their publication.",
    searchTitle: "Title for search engines",
    searchDescription: "Description for search engines",
    result: "As a search result",
    card: "When it is shared",
  },
  revisions: {
    open: "History…",
    title: "History",
    empty: "Nothing is kept yet. A state is kept every ten minutes of writing and with each publication.",
    reasons: {
      writing: "While writing",
      published: "Published",
      scheduled: "Scheduled",
      restoring: "Before restoring",
    },
    compare: (when) => `From ${when} to now`,
    restore: "Restore this",
    restored: "It is your draft now. Readers still see what they saw.",
    more: "Show more",
  },
  links: {
    open: "Preview links…",
    title: "Preview links",
    text: "Whoever has the address reads the draft as it is, without signing in. Search engines do not.",
    make: "Make a link",
    days: { 1: "One day", 7: "One week", 30: "30 days" },
    duration: "Good for",
    until: (when) => `Until ${when}`,
    copy: "Copy",
    withdraw: "Withdraw",
    withdrawn: "Withdrawn. The address no longer opens.",
    empty: "There is no link now.",
  },
  remove: {
    open: "Delete post",
    done: "Deleted. It can be restored for 30 days.",
    restored: "Restored.",
  },
};

export const sheetMessages: Readonly<Record<Locale, SheetMessages>> = { ko, en };
