import { type Route, routeKey } from "@haru/core/contract";
import { contracts, type Noun } from "@haru/core/routes";
import { client, mobile, pool } from "./auth.ts";
import { work } from "./images.ts";
import { liveArn } from "./live.ts";
import { socket, socketSending } from "./realtime.ts";
import { search, searchReads } from "./search.ts";
import { edgeSecret, pushKey } from "./secrets.ts";
import { isProduction, logRetention } from "./stage.ts";
import { countingLimits, itemActions, media, table, tableItems, tableReads } from "./storage.ts";
import { tagMoves } from "./tags.ts";
import { takeoutJobs, takeouts } from "./takeouts.ts";

export const api = new sst.aws.ApiGatewayV2("Api", {
  // Browsers reach it through the router, on the site's own origin. Other origins have no business here.
  cors: false,
  accessLog: { retention: logRetention },
  transform: {
    stage: (args) => {
      args.defaultRouteSettings = { throttlingBurstLimit: 200, throttlingRateLimit: 100 };
    },
  },
});

const authorizer = api.addAuthorizer({
  name: "Token",
  jwt: {
    issuer: $interpolate`https://cognito-idp.${aws.getRegionOutput().region}.amazonaws.com/${pool.id}`,
    audiences: [client.id, ...(mobile ? [mobile.clientId] : [])],
  },
});

/** A cold first render on a smaller share of a processor would come near its deadline. */
const renderingMemory = "1024 MB";

/** Longer than the pool takes to write an account and to hand a mail over. */
const evenStep = { EVEN_STEP_MILLISECONDS: "1500" };

/** Who asks, whether that session still stands, and how often: what comes before every verb. */
const everyRequest = ["account", "limit", "session"] as const;

/** What each noun's function is linked to and may do: no more than its verbs need. */
const needs: Record<
  Noun,
  Pick<sst.aws.FunctionArgs, "link" | "permissions" | "memory" | "timeout" | "environment">
> = {
  // The user pool answers only after our triggers have run.
  account: {
    link: [table, edgeSecret, client],
    permissions: [tableItems(...everyRequest)],
    environment: evenStep,
    timeout: "20 seconds",
  },
  // Of todos it only looks at those that are due.
  calendar: {
    link: [table, edgeSecret],
    permissions: [tableItems(...everyRequest, "calendar"), tableReads("todo")],
  },
  closure: {
    link: [table, edgeSecret, client],
    permissions: [tableItems(...everyRequest, "closure", "push-subscription")],
    timeout: "20 seconds",
  },
  comment: {
    link: [table, edgeSecret],
    permissions: [
      tableItems(
        ...everyRequest,
        "appointment",
        "comment",
        "idempotency",
        "media",
        "post",
        "published-post",
        "revision",
        "site",
      ),
    ],
    memory: renderingMemory,
  },
  credential: {
    link: [table, edgeSecret, client],
    permissions: [tableItems(...everyRequest, "push-subscription", "second-factor")],
    environment: evenStep,
    timeout: "20 seconds",
  },
  description: {},
  list: {
    link: [table, edgeSecret],
    permissions: [tableReads(...everyRequest, "list", "media", "post", "published-post")],
  },
  media: {
    link: [media, table, work, edgeSecret],
    permissions: [
      tableItems(...everyRequest, "idempotency", "media", "post"),
      // What an upload form and a part's address allow is what their signer may do.
      {
        actions: ["s3:ListMultipartUploadParts", "s3:PutObject"],
        resources: [$interpolate`${media.arn}/uploads/*`],
      },
      { actions: ["sqs:SendMessage"], resources: [work.arn] },
    ],
  },
  notice: {
    link: [table, edgeSecret],
    permissions: [tableItems(...everyRequest, "comment", "media", "notice", "post", "published-post")],
  },
  person: {
    link: [table, edgeSecret, client, pool],
    permissions: [
      tableItems(...everyRequest, "person"),
      {
        actions: [
          "cognito-idp:AdminAddUserToGroup",
          "cognito-idp:AdminDisableUser",
          "cognito-idp:AdminEnableUser",
          "cognito-idp:AdminRemoveUserFromGroup",
          "cognito-idp:AdminUserGlobalSignOut",
        ],
        resources: [pool.arn],
      },
    ],
    timeout: "20 seconds",
  },
  profile: {
    link: [table, edgeSecret],
    permissions: [tableItems(...everyRequest, "handle"), tableReads("media")],
  },
  secondFactor: {
    link: [table, edgeSecret, client],
    permissions: [tableItems(...everyRequest, "second-factor")],
    timeout: "20 seconds",
  },
  series: {
    link: [table, edgeSecret],
    permissions: [tableItems(...everyRequest, "list"), tableReads("media", "post", "published-post")],
  },
  session: {
    link: [table, edgeSecret, client, pool],
    permissions: [
      tableItems(...everyRequest, "push-subscription", "second-factor"),
      // A recovery code turns the second factor off for somebody who has no token yet.
      { actions: ["cognito-idp:AdminSetUserMFAPreference"], resources: [pool.arn] },
    ],
    timeout: "20 seconds",
  },
  post: {
    link: [table, edgeSecret],
    permissions: [
      tableItems(
        ...everyRequest,
        "appointment",
        "idempotency",
        "list",
        "media",
        "post",
        "published-post",
        "revision",
      ),
    ],
    memory: renderingMemory,
  },
  search: {
    link: [table, edgeSecret, search],
    permissions: [
      tableReads(
        "account",
        "appointment",
        "comment",
        "idempotency",
        "media",
        "post",
        "published-post",
        "revision",
        "session",
      ),
      countingLimits("search"),
      // Whoever is let in has the session noted now and then.
      itemActions(["PutItem", "UpdateItem"], "session"),
      ...searchReads,
    ],
    memory: renderingMemory,
  },
  previewLink: {
    link: [table, edgeSecret],
    permissions: [
      tableItems(...everyRequest, "appointment", "idempotency", "media", "post", "preview-link", "revision"),
    ],
    memory: renderingMemory,
  },
  revision: {
    link: [table, edgeSecret],
    permissions: [tableItems(...everyRequest, "appointment", "idempotency", "media", "post", "revision")],
  },
  pushSubscription: {
    link: [table, edgeSecret, pushKey],
    permissions: [tableItems(...everyRequest, "push-subscription")],
  },
  realtime: { link: [table, edgeSecret], permissions: [tableItems(...everyRequest, "realtime")] },
  tag: {
    link: [table, edgeSecret, tagMoves],
    permissions: [
      tableItems(...everyRequest, "list"),
      { actions: ["sqs:SendMessage"], resources: [tagMoves.arn] },
    ],
  },
  takeout: {
    link: [table, edgeSecret, takeouts, takeoutJobs],
    permissions: [
      tableItems(...everyRequest, "takeout"),
      { actions: ["sqs:SendMessage"], resources: [takeoutJobs.arn] },
      // A signed address may do what its signer may.
      { actions: ["s3:GetObject"], resources: [$interpolate`${takeouts.arn}/*`] },
    ],
  },
  transfer: {
    link: [table, edgeSecret],
    permissions: [
      tableItems(
        ...everyRequest,
        "appointment",
        "idempotency",
        "imported-post",
        "list",
        "media",
        "post",
        "published-post",
        "revision",
      ),
    ],
    memory: renderingMemory,
  },
  site: { link: [table, edgeSecret], permissions: [tableItems(...everyRequest, "site")] },
  // Whoever pushes has the other devices poked.
  todo: {
    link: [table, edgeSecret, socket],
    permissions: [tableItems(...everyRequest, "realtime", "todo"), socketSending],
  },
};

for (const noun of Object.keys(contracts) as Noun[]) {
  const component = `Api${noun[0]?.toUpperCase()}${noun.slice(1)}`;
  const handler = new sst.aws.Function(component, {
    handler: `packages/functions/src/${noun.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}.handler`,
    versioning: isProduction,
    ...needs[noun],
  });
  const arn = liveArn(component, handler);
  for (const route of Object.values<Route>(contracts[noun])) {
    api.route(
      routeKey(route),
      arn,
      route.auth === "public" ? {} : { auth: { jwt: { authorizer: authorizer.id } } },
    );
  }
}
