import type { PublishedPost } from "@haru/core/post/post.contract";
import type { Profile } from "@haru/core/profile/profile.contract";
import { siteUrl } from "../core.ts";
import { CommentsPlace } from "../features/comment/comments-place.tsx";
import { Picture } from "../features/media/picture.tsx";
import { formatDate, formatFullDate } from "../features/post/day.ts";
import { Tags } from "../features/post/entry.tsx";
import { postMessages } from "../features/post/messages.ts";
import { repeatsOpening } from "../features/post/repeats-opening.ts";
import { authorPath, postPath } from "../features/site/address.ts";
import { Portrait } from "../features/site/portrait.tsx";
import type { SiteWords } from "../features/site/site-words.ts";
import { assetUrl } from "./assets.ts";
import { nameOf } from "./author.ts";
import { DiagramParts } from "./diagram-parts.tsx";
import { Document } from "./document.tsx";
import { blogPosting, webPage } from "./linked-data.ts";
import { oembedPath } from "./oembed.ts";
import { type Around, ReadOn, SeriesLine } from "./read-on.tsx";

/** Changes within this time of publishing are part of publishing and not worth a remark. */
const editGraceMilliseconds = 60_000;

/** As wide as the article. */
const coverSizes = "(min-width: 43rem) 40rem, calc(100vw - 2rem)";

function isEdited(post: PublishedPost): boolean {
  return Date.parse(post.updatedAt) - Date.parse(post.publishedAt) > editGraceMilliseconds;
}

interface PostProps {
  readonly post: PublishedPost;
  readonly author: Profile | undefined;
  readonly site: SiteWords;
  readonly around: Around;
}

/** One post or page as readers see it, with a place for a post's comments, which arrive when they are seen. */
export function Post({ post, author, site, around }: PostProps) {
  const text = postMessages[post.lang];
  const path = postPath(post.lang, post.slug);
  const translations = post.translations.filter(({ lang }) => lang !== post.lang);
  const { kind, searchTitle, searchDescription } = post.settings;
  const isPage = kind === "page";
  const { publishedAt, updatedAt } = post;
  return (
    <Document
      locale={post.lang}
      site={site}
      title={searchTitle || post.title}
      description={searchDescription || post.description}
      path={path}
      alternates={{
        [post.lang]: path,
        ...Object.fromEntries(translations.map(({ lang, slug }) => [lang, postPath(lang, slug)])),
      }}
      {...(isPage ? {} : { article: { publishedAt, updatedAt, author: post.author.displayName } })}
      forms={{ "text/markdown": `${path}.md`, "application/json+oembed": oembedPath(siteUrl() + path) }}
      image={cardImageOf(post)}
      things={isPage ? webPage(siteUrl(), post, site) : blogPosting(siteUrl(), post, site, cardImageOf(post))}
      script="post.js"
    >
      <main id="main" className="post" tabIndex={-1}>
        <article className="post-article">
          <header className="post-head">
            {!isPage && (
              <div className="meta">
                <time dateTime={publishedAt}>{formatFullDate(publishedAt, post.lang)}</time>
                <span>{text.readingTime(post.readingMinutes)}</span>
                <Tags tags={post.tags} lang={post.lang} />
              </div>
            )}
            <h1>{post.title}</h1>
            {!repeatsOpening(post.description, post.html) && <p className="post-lead">{post.description}</p>}
            {!isPage && <Byline post={post} author={author} translation={translations[0]} />}
            {around.series && <SeriesLine series={around.series} locale={post.lang} />}
          </header>
          <Cover post={post} />
          {post.headings.length > 1 && (
            <nav className="contents" aria-label={text.contents}>
              <ol>
                {post.headings
                  .filter(({ level }) => level < 4)
                  .map(({ level, id, text: heading }) => (
                    <li key={id} className={`contents-${level}`}>
                      <a href={`#${encodeURIComponent(id)}`}>{heading}</a>
                    </li>
                  ))}
              </ol>
            </nav>
          )}
          <div
            className="prose"
            data-copy-label={text.copyCode}
            data-copied-label={text.copied}
            data-not-copied-label={text.notCopied}
            data-lightbox={assetUrl("lightbox.js")}
            data-enlarge-label={text.enlarge}
            // biome-ignore lint/security/noDangerouslySetInnerHtml: rendered from Markdown at publishing, safe by construction.
            dangerouslySetInnerHTML={{ __html: post.html }}
          />
          <DiagramParts html={post.html} />
          <p className="share when-scripts" data-share={post.title}>
            <button type="button" className="button button-quiet button-small" hidden data-share-device>
              {text.share}
            </button>
            <button
              type="button"
              className="button button-quiet button-small"
              data-share-copy={text.copied}
              data-not-copied={text.notCopied}
            >
              {text.copyLink}
            </button>
          </p>
        </article>
        {!isPage && (
          <>
            <ReadOn around={around} locale={post.lang} />
            <CommentsPlace
              locale={post.lang}
              postId={post.postId}
              count={post.commentCount}
              script={assetUrl("comments.js")}
            />
          </>
        )}
      </main>
    </Document>
  );
}

function cardImageOf({ cover, card, settings }: PublishedPost): string | undefined {
  if (cover) return cover.medium;
  const address = settings.cover?.src;
  return address === undefined || address.startsWith("media:") ? card : address;
}

/** A cover is a picture of this site, or of another one that is shown as it comes. */
function Cover({ post }: { post: PublishedPost }) {
  const { cover } = post.settings;
  if (!cover) return null;
  if (post.cover)
    return (
      <div className="post-cover">
        <Picture picture={post.cover} alt={cover.alt} as="inline" sizes={coverSizes} isFirst />
      </div>
    );
  // A picture of this site that is not ready, or no more, is left out.
  if (cover.src.startsWith("media:")) return null;
  return (
    <div className="post-cover">
      <img src={cover.src} alt={cover.alt} fetchPriority="high" />
    </div>
  );
}

interface BylineProps {
  readonly post: PublishedPost;
  readonly author: Profile | undefined;
  readonly translation: PublishedPost["translations"][number] | undefined;
}

/** Who wrote a post, when it was changed, and the way to its translation. */
function Byline({ post, author, translation }: BylineProps) {
  const text = postMessages[post.lang];
  const { accountId } = post.author;
  const name = author?.displayName ?? post.author.displayName;
  return (
    <div className="byline">
      <Portrait name={name} seed={accountId} avatar={author?.avatar} />
      <p>
        <a
          className="byline-name"
          rel="author"
          href={authorPath(post.lang, author ? nameOf(author) : accountId)}
        >
          {name}
        </a>
        <span className="meta">
          {isEdited(post) && (
            <time dateTime={post.updatedAt}>{text.edited(formatDate(post.updatedAt, post.lang))}</time>
          )}
          {translation && (
            <a
              className="text-link"
              href={postPath(translation.lang, translation.slug)}
              hrefLang={translation.lang}
              lang={translation.lang}
            >
              {text.readTranslation}
            </a>
          )}
        </span>
      </p>
    </div>
  );
}
