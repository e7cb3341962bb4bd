import * as z from "zod";

/** What stands in addresses of the site, or would let somebody pose as it. */
const reserved = new Set([
  ...["about", "account", "admin", "administrator", "api", "archive", "assets", "auth", "author", "authors"],
  ...["before", "bff", "blog", "comment", "comments", "confirm", "contact", "deleted", "editor", "feed"],
  ...["haru", "help", "home", "internal", "login", "logout", "mail", "me", "media", "moderator", "myblog"],
  ...[
    "mytodolist",
    "new",
    "news",
    "null",
    "official",
    "owner",
    "page",
    "post",
    "posts",
    "privacy",
    "profile",
  ],
  ...["root", "rss", "search", "security", "settings", "sign-in", "sign-out", "sign-up", "site", "sitemap"],
  ...["staff", "static", "status", "support", "system", "tag", "tags", "team", "terms", "todo", "todos"],
  ...["undefined", "user", "users", "webmaster", "write", "www"],
  ...["하루", "관리자", "운영자", "운영진", "공식", "고객센터", "도움말", "공지", "시스템", "탈퇴한-계정"],
]);

/**
 * A name in an address: small Latin letters and digits, or Hangul syllables, joined by single
 * hyphens. The two scripts share no look-alikes, and everything else is refused: marks that turn
 * the direction of text, letters of a third script that look Latin, and characters without a width.
 * Full-width letters and composed forms become what they stand for first (NFKC).
 */
export const handleSchema = z
  .string()
  .normalize("NFKC")
  .trim()
  .toLowerCase()
  .refine((text) => /^[a-z0-9가-힣]+(?:-[a-z0-9가-힣]+)*$/.test(text), { params: { rule: "handle" } })
  .refine((text) => text.length >= (/[가-힣]/.test(text) ? 2 : 3) && text.length <= 30, {
    params: { rule: "handle_length" },
  })
  .refine((text) => !reserved.has(text), { params: { rule: "handle_reserved" } });
