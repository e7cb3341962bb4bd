import { analysisVersion } from "../search-document.ts";

/** Generations are `haru-posts-v1`, `haru-posts-v2`, …; these aliases say which is read and which are written. */
export const generationPrefix = "haru-posts-v";
export const readAlias = "haru-posts-read";
export const writeAlias = "haru-posts-write";

const korean = { type: "text", analyzer: "korean" } as const;
const tokens = { type: "text", analyzer: "tokens" } as const;
/** Beginnings are looked up as words, so that one costs no more than any other word. */
const beginnings = { ...tokens, norms: false, index_prefixes: { min_chars: 2, max_chars: 12 } } as const;
const keyword = { type: "keyword" } as const;

/** What a new generation is made with. Unknown fields are refused, so that a slip is noticed. */
export const generationBody = {
  settings: {
    index: {
      number_of_shards: 1,
      auto_expand_replicas: "0-1",
      // Stated, because an index that nobody searches for a while would stop making new documents findable.
      refresh_interval: "500ms",
      max_result_window: 1_000,
    },
    analysis: {
      // Both parts of a compound and the whole of it, without particles and endings.
      tokenizer: { korean: { type: "nori_tokenizer", decompound_mode: "mixed" } },
      filter: { english: { type: "stemmer", language: "english" } },
      analyzer: {
        korean: {
          type: "custom",
          tokenizer: "korean",
          filter: ["nori_part_of_speech", "lowercase", "english"],
        },
        // Tokens were made by `analyze`, as for the embedded index.
        tokens: { type: "custom", tokenizer: "whitespace" },
      },
    },
  },
  mappings: {
    dynamic: "strict",
    _meta: { analysis: analysisVersion },
    // Tokens are made anew when they are needed.
    _source: { excludes: ["terms"] },
    properties: {
      id: keyword,
      segment: keyword,
      goneAt: { type: "date" },
      kind: keyword,
      owner: keyword,
      lang: keyword,
      queue: keyword,
      tagKeys: keyword,
      tags: keyword,
      authorKey: keyword,
      authorName: keyword,
      year: keyword,
      publishedAt: { type: "date" },
      summary: { type: "object", enabled: false },
      title: korean,
      tagText: korean,
      headings: korean,
      text: { ...korean, index_options: "offsets" },
      terms: {
        properties: {
          title: tokens,
          tags: tokens,
          headings: tokens,
          text: tokens,
          parts: tokens,
          letters: beginnings,
          vocabulary: beginnings,
          initials: beginnings,
        },
      },
    },
  },
} as const;
