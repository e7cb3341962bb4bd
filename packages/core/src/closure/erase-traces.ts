import { calendarKeys } from "../calendar/calendar.entity.ts";
import { commenters } from "../comment/comment.entity.ts";
import type { ActorCore } from "../core.ts";
import { noticeChoices } from "../notice/notice.entity.ts";
import { handles } from "../profile/handle.entity.ts";
import { forgetSubscriptions } from "../push-subscription/push-subscription.ts";
import { connections } from "../realtime/realtime.entity.ts";
import { pushedReminders, sentReminders } from "../reminder/reminder.entity.ts";
import { recoveryCodes } from "../second-factor/second-factor.entity.ts";
import { sessions } from "../session/session.entity.ts";
import { deleteAll, eachPage } from "./erase.ts";

/** What is kept about the person rather than made by them: handles, sessions, sockets, browsers, codes, what they were reminded of. */
export async function eraseTraces(core: ActorCore): Promise<number> {
  const { accountId } = core.actor;
  await commenters(core).delete({ accountId }).go();
  await calendarKeys(core).delete({ accountId }).go();
  await noticeChoices(core).delete({ accountId }).go();
  await recoveryCodes(core).delete({ accountId }).go();
  const counts = [
    await eachPage(
      (cursor) => handles(core).query.byAccount({ accountId }).go({ cursor, limit: 25 }),
      (rows) => deleteAll(handles(core).delete(rows).go()),
    ),
    await eachPage(
      (cursor) => sessions(core).query.byAccount({ accountId }).go({ cursor, limit: 25, consistent: true }),
      (rows) => deleteAll(sessions(core).delete(rows).go()),
    ),
    await eachPage(
      (cursor) => connections(core).query.byAccount({ accountId }).go({ cursor, limit: 25 }),
      (rows) => deleteAll(connections(core).delete(rows).go()),
    ),
    await eachPage(
      (cursor) =>
        sentReminders(core).query.byAccount({ accountId }).go({ cursor, limit: 25, consistent: true }),
      (rows) => deleteAll(sentReminders(core).delete(rows).go()),
    ),
    await eachPage(
      (cursor) =>
        pushedReminders(core).query.byAccount({ accountId }).go({ cursor, limit: 25, consistent: true }),
      (rows) => deleteAll(pushedReminders(core).delete(rows).go()),
    ),
    await forgetSubscriptions(core, accountId),
  ];
  return counts.reduce((sum, count) => sum + count, 0);
}
