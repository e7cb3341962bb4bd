import type { Locale } from "../locale.ts";
import type { NoticeLetter } from "./notice.ts";

interface Sentences {
  readonly answered: (writer: string, title: string) => string;
  readonly commented: (writer: string, title: string) => string;
  readonly open: string;
  readonly why: string;
  readonly stop: string;
}

const sentences: Record<Locale, Sentences> = {
  ko: {
    answered: (writer, title) => `${writer} 님이 ‘${title}’에서 내 댓글에 답했습니다`,
    commented: (writer, title) => `${writer} 님이 ‘${title}’에 댓글을 남겼습니다`,
    open: "댓글 보기",
    why: "새 댓글을 알려 드리는 메일입니다.",
    stop: "더는 받지 않기",
  },
  en: {
    answered: (writer, title) => `${writer} answered your comment on “${title}”`,
    commented: (writer, title) => `${writer} commented on “${title}”`,
    open: "Open the comment",
    why: "This blog tells you of new comments by mail.",
    stop: "Stop these mails",
  },
};

/** Characters of a comment that a mail quotes. */
const quotedLength = 600;

export interface Mail {
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  /** For the headers of RFC 8058: mail programs send a POST there with one click. */
  readonly stopUrl: string;
}

/**
 * A mail about a comment, in the person's language. All that a stranger wrote stands as text.
 * @param siteUrl origin of the site
 */
export function writeMail(letter: NoticeLetter, siteUrl: string): Mail {
  const { locale, post, writer, commentId } = letter;
  const say = sentences[locale];
  const subject = (letter.isAnswer ? say.answered : say.commented)(writer, post.title);
  const url = `${siteUrl}/${post.lang}/posts/${encodeURIComponent(post.slug)}#${commentId}`;
  const stopUrl = `${siteUrl}/${locale}/unsubscribe/${letter.stopToken}`;
  const quoted = quote(letter.markdown);
  const lines = quoted.split("\n");
  return {
    subject,
    stopUrl,
    text: [
      `${subject}.`,
      lines.map((line) => `> ${line}`).join("\n"),
      `${say.open}: ${url}`,
      `${say.why} ${say.stop}: ${stopUrl}`,
    ].join("\n\n"),
    html: [
      `<!doctype html><html lang="${locale}"><body style="font-family:sans-serif;line-height:1.7">`,
      `<p>${escapeHtml(subject)}.</p>`,
      `<blockquote style="margin:0;padding-left:16px;border-left:2px solid #ddd">${lines.map(escapeHtml).join("<br>")}</blockquote>`,
      `<p><a href="${escapeHtml(url)}">${say.open}</a></p>`,
      `<p style="color:#666;font-size:13px">${say.why} <a href="${escapeHtml(stopUrl)}">${say.stop}</a></p>`,
      "</body></html>",
    ].join("\n"),
  };
}

function quote(markdown: string): string {
  const characters = [...markdown.trim()];
  return characters.length > quotedLength
    ? `${characters.slice(0, quotedLength).join("")}…`
    : markdown.trim();
}

/** What people wrote, as text. */
export function escapeHtml(text: string): string {
  const entities: Readonly<Record<string, string>> = {
    "&": "&amp;",
    "<": "&lt;",
    ">": "&gt;",
    '"': "&quot;",
  };
  return text.replace(/[&<>"]/g, (character) => entities[character] ?? character);
}
