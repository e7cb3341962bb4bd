import type { Locale } from "@haru/core/locale";
import type { PostSummary } from "@haru/core/post/post.contract";
import { groupByDay } from "./day.ts";
import { Entry } from "./entry.tsx";

/** Posts by day, the date standing beside them in the gutter. */
export function DayList({ posts, locale }: { posts: readonly PostSummary[]; locale: Locale }) {
  return groupByDay(posts, locale).map(({ day, items }) => (
    <section className="day" key={day.date} aria-labelledby={`day-${day.date}`}>
      <h2 className="when" id={`day-${day.date}`}>
        <time dateTime={day.date}>
          <span className="when-number">{day.number}</span>{" "}
          <span className="when-weekday">{day.weekday}</span> <span className="when-month">{day.month}</span>
        </time>
      </h2>
      <div>
        {items.map((post) => (
          <Entry key={post.postId} post={post} />
        ))}
      </div>
    </section>
  ));
}
