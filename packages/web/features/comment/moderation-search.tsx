import { commentQueues, commentStandings } from "@haru/core/comment/comment.contract";
import type { Locale } from "@haru/core/locale";
import { longestQuery } from "@haru/core/search/search.contract";
import Form from "next/form";
import Link from "next/link";
import { moderationMessages } from "./messages.ts";
import { type ModerationAddress, moderationPath } from "./moderation-address.ts";

/** The words that comments are looked for by, and the queues; what is looked for narrows by them too. */
export function ModerationSearch({ locale, address }: { locale: Locale; address: ModerationAddress }) {
  const text = moderationMessages[locale];
  const { q, queue } = address;
  const tabs = q ? [undefined, ...commentStandings] : commentQueues;
  return (
    <>
      <search>
        {/* Another search begins with its own words in the field. */}
        <Form key={q} className="search-form moderation-search" action={moderationPath(locale, {})}>
          <input
            className="input"
            type="search"
            name="q"
            aria-label={text.label}
            placeholder={text.placeholder}
            defaultValue={q}
            maxLength={longestQuery}
            autoComplete="off"
            autoCapitalize="off"
            spellCheck={false}
          />
          {q && queue && <input type="hidden" name="queue" value={queue} />}
          <button className="button" type="submit">
            {text.submit}
          </button>
        </Form>
      </search>
      <nav className="queue-tabs" aria-label={text.title}>
        {tabs.map((each) => (
          <Link
            key={each ?? ""}
            href={moderationPath(locale, { q, queue: each })}
            aria-current={each === queue ? "page" : undefined}
          >
            {each ? text.queues[each] : text.everything}
          </Link>
        ))}
        {q && (
          <Link className="queue-back" href={moderationPath(locale, {})}>
            {text.back}
          </Link>
        )}
      </nav>
    </>
  );
}
