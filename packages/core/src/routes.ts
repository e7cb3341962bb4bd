import { accountContract } from "./account/account.contract.ts";
import { calendarContract } from "./calendar/calendar.contract.ts";
import { closureContract } from "./closure/closure.contract.ts";
import { commentContract } from "./comment/comment.contract.ts";
import type { Contract } from "./contract.ts";
import { credentialContract } from "./credential/credential.contract.ts";
import { descriptionContract } from "./description/description.contract.ts";
import { listContract } from "./list/list.contract.ts";
import { mediaContract } from "./media/media.contract.ts";
import { noticeContract } from "./notice/notice.contract.ts";
import { personContract } from "./person/person.contract.ts";
import { postContract } from "./post/post.contract.ts";
import { previewLinkContract } from "./preview-link/preview-link.contract.ts";
import { profileContract } from "./profile/profile.contract.ts";
import { pushSubscriptionContract } from "./push-subscription/push-subscription.contract.ts";
import { realtimeContract } from "./realtime/realtime.contract.ts";
import { revisionContract } from "./revision/revision.contract.ts";
import { searchContract } from "./search/search.contract.ts";
import { secondFactorContract } from "./second-factor/second-factor.contract.ts";
import { seriesContract } from "./series/series.contract.ts";
import { sessionContract } from "./session/session.contract.ts";
import { siteContract } from "./site/site.contract.ts";
import { tagContract } from "./tag/tag.contract.ts";
import { takeoutContract } from "./takeout/takeout.contract.ts";
import { todoRoutes } from "./todo/todo-routes.contract.ts";
import { transferContract } from "./transfer/transfer.contract.ts";

/** Every noun's routes. One Lambda function serves each key: `packages/functions/src/<noun>.ts`. */
export const contracts = {
  account: accountContract,
  calendar: calendarContract,
  closure: closureContract,
  comment: commentContract,
  credential: credentialContract,
  description: descriptionContract,
  list: listContract,
  media: mediaContract,
  notice: noticeContract,
  person: personContract,
  post: postContract,
  profile: profileContract,
  secondFactor: secondFactorContract,
  series: seriesContract,
  session: sessionContract,
  search: searchContract,
  previewLink: previewLinkContract,
  pushSubscription: pushSubscriptionContract,
  revision: revisionContract,
  realtime: realtimeContract,
  site: siteContract,
  tag: tagContract,
  takeout: takeoutContract,
  todo: todoRoutes,
  transfer: transferContract,
} as const satisfies Record<string, Contract>;

export type Noun = keyof typeof contracts;
