/** The people of a fresh local cloud. They exist on no deployed stage. */
export const samplePassword = "Haru-2026";

export const sampleAccounts = [
  { email: "author@haru.example", displayName: "김하루", locale: "ko", role: "author" },
  { email: "reader@haru.example", displayName: "Noah Park", locale: "en", role: "reader" },
  { email: "admin@haru.example", displayName: "관리자", locale: "ko", role: "admin" },
] as const;
