import { idSchema } from "@haru/core/id";
import type { SharedDraft } from "@haru/core/preview-link/preview-link.contract";
import { visitorApi } from "../api.ts";
import { formatFullDate } from "../features/post/day.ts";
import { postMessages } from "../features/post/messages.ts";
import { repeatsOpening } from "../features/post/repeats-opening.ts";
import { Initial } from "../features/site/initial-badge.tsx";
import type { SiteWords } from "../features/site/site-words.ts";
import { decode, inLanguage, notFound } from "./answer.tsx";
import { DiagramParts } from "./diagram-parts.tsx";
import { Document } from "./document.tsx";
import { respond } from "./respond.ts";
import { policyFor } from "./security.ts";
import { readSite } from "./site.ts";

/**
 * `/ko/preview/<post>/<token>`: a draft for those who were given its address. No cache keeps it, no
 * search engine lists it, and no page that it links to learns the address.
 */
export async function sharedDraftPage(
  lang: string,
  post: string,
  token: string,
  visitor: Headers,
): Promise<Response> {
  const path = `/preview/${post}/${token}`;
  const response = await inLanguage(lang, path, async (locale) => {
    const postId = idSchema("post").safeParse(decode(post)).data;
    if (!postId) return notFound(locale);
    const draft = await visitorApi(locale, visitor).previewLink.open({ postId, token: decode(token) });
    const page = <SharedDraftPage draft={draft} site={await readSite(locale)} />;
    return respond(page, 200, policyFor(draft.html));
  });
  response.headers.set("cache-control", "private, no-store");
  response.headers.set("referrer-policy", "no-referrer");
  response.headers.set("x-robots-tag", "noindex, nofollow");
  return response;
}

function SharedDraftPage({ draft, site }: { draft: SharedDraft; site: SiteWords }) {
  const { lang, title, description, html, author } = draft;
  const text = postMessages[lang];
  return (
    <Document locale={lang} site={site} title={title} description={description} script="post.js" hidden>
      <main id="main" className="post" tabIndex={-1}>
        <article className="post-article">
          <p className="banner banner-accent">{text.sharedDraft(formatFullDate(draft.expiresAt, lang))}</p>
          <header className="post-head">
            <div className="meta">
              <time dateTime={draft.updatedAt}>{formatFullDate(draft.updatedAt, lang)}</time>
              <span>{text.readingTime(draft.readingMinutes)}</span>
            </div>
            <h1>{title}</h1>
            {!repeatsOpening(description, html) && <p className="post-lead">{description}</p>}
            <div className="byline">
              <Initial name={author.displayName} seed={author.accountId} />
              <p>{author.displayName}</p>
            </div>
          </header>
          {/* biome-ignore lint/security/noDangerouslySetInnerHtml: rendered by the API, safe by construction. */}
          <div className="prose" dangerouslySetInnerHTML={{ __html: html }} />
          <DiagramParts html={html} />
        </article>
      </main>
    </Document>
  );
}
