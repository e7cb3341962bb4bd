import type { Locale } from "@haru/core/locale";
import { assetUrl } from "../../reader/assets.ts";
import { searchMessages } from "../search/messages.ts";
import { searchPath } from "../search/search-path.ts";
import { otherLocale } from "./address.ts";
import { Mark, MoonIcon, PersonIcon, SearchIcon } from "./icons.tsx";
import { siteMessages } from "./messages.ts";
import type { SiteWords } from "./site-words.ts";
import { themes } from "./theme.ts";

export interface SiteHeaderProps {
  readonly locale: Locale;
  readonly site: SiteWords;
  readonly current?: "posts" | "myPosts" | "todos" | undefined;
  /** Where the other language of this page is; its front page when absent. */
  readonly otherLanguagePath?: string | undefined;
  /** True when this page has no translation and the link leads to the front page instead. */
  readonly untranslated?: boolean | undefined;
}

/**
 * The bar at the top of every page. It holds what signed-in people and visitors see alike;
 * styles show one of them by `data-session` on the root, which is set before the first paint.
 * So the same cached page serves everyone and nothing moves. Menus are native popovers, and
 * islands/shell.ts gives them life.
 */
export function SiteHeader({ locale, site, current, otherLanguagePath, untranslated }: SiteHeaderProps) {
  const text = siteMessages[locale];
  const other = otherLocale[locale];
  return (
    <>
      <a className="skip" href="#main">
        {text.skip}
      </a>
      <header className="bar">
        <a className="mark" href={`/${locale}`}>
          <Mark />
          {site.name}
        </a>
        <nav aria-label={text.mainMenu}>
          <a href={`/${locale}`} aria-current={current === "posts" ? "page" : undefined}>
            {text.posts}
          </a>
          {site.navigation.map(({ label, href }) => (
            <a key={label + href} href={href}>
              {label}
            </a>
          ))}
          <a
            className="when-author"
            href={`/${locale}/write`}
            aria-current={current === "myPosts" ? "page" : undefined}
          >
            {text.myPosts}
          </a>
          <a
            className="when-in"
            href={`/${locale}/todos`}
            aria-current={current === "todos" ? "page" : undefined}
          >
            {text.todos}
          </a>
        </nav>
        <div className="tools">
          <a
            className="icon-button"
            href={searchPath(locale)}
            aria-label={searchMessages[locale].open}
            aria-keyshortcuts="Control+K Meta+K /"
            data-search
            data-script={assetUrl("palette.js")}
          >
            <SearchIcon />
          </a>
          <a
            className="tool"
            href={otherLanguagePath ?? `/${other}`}
            hrefLang={other}
            lang={other}
            title={untranslated ? text.noTranslation : undefined}
          >
            {text.otherLanguage}
          </a>
          <button
            type="button"
            className="icon-button when-scripts"
            popoverTarget="theme-menu"
            aria-label={text.theme}
          >
            <MoonIcon />
          </button>
          <a className="tool when-out" href={`/${locale}/sign-in`} data-sign-in>
            {text.signIn}
          </a>
          <button
            type="button"
            className="icon-button when-in"
            popoverTarget="account-menu"
            aria-label={text.account}
          >
            <PersonIcon />
          </button>
        </div>
        <div className="menu" id="theme-menu" popover="auto">
          <fieldset className="menu-choices">
            <legend>{text.theme}</legend>
            {themes.map((theme) => (
              <label key={theme}>
                <input type="radio" name="theme" value={theme} defaultChecked={theme === "system"} />
                {text.themes[theme]}
              </label>
            ))}
          </fieldset>
        </div>
        <div className="menu" id="account-menu" popover="auto">
          <p className="menu-title" data-account-name>
            {text.account}
          </p>
          <a className="menu-item when-author" href={`/${locale}/write`}>
            {text.myPosts}
          </a>
          <a className="menu-item when-author" href={`/${locale}/media`}>
            {text.pictures}
          </a>
          <a className="menu-item when-author" href={`/${locale}/moderation`}>
            {text.moderation}
          </a>
          <a className="menu-item when-author" href={`/${locale}/write/series`}>
            {text.series}
          </a>
          <a className="menu-item" href={`/${locale}/settings`}>
            {text.settings}
          </a>
          <a className="menu-item when-admin" href={`/${locale}/people`}>
            {text.people}
          </a>
          <a className="menu-item when-admin" href={`/${locale}/write/tags`}>
            {text.tags}
          </a>
          <a className="menu-item when-admin" href={`/${locale}/write/site`}>
            {text.siteSettings}
          </a>
          <button type="button" className="menu-item" data-sign-out data-unsent={text.unsentTodos}>
            {text.signOut}
          </button>
          <p className="menu-note" role="alert" hidden data-sign-out-failed>
            {text.signOutFailed}
          </p>
        </div>
      </header>
    </>
  );
}
