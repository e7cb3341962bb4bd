import type prices from "./prices.json";

export type Prices = typeof prices;

/** What the journeys showed, in the mean. */
export interface Measured {
  /** Requests to the edge and bytes over the wire for one view, by a visitor who has nothing kept yet. */
  readonly requestsPerView: number;
  readonly bytesPerView: number;
  /** One page that the edge has to ask for: how long the site's function runs. */
  readonly renderMilliseconds: number;
  readonly renderMegabytes: number;
  /** One request of the API. */
  readonly apiMilliseconds: number;
  readonly apiMegabytes: number;
  /** Bytes of log lines of one call of a function. */
  readonly logBytesPerCall: number;
}

/** What stands in the synthesis, and costs or calls whether anybody comes or not. */
export interface Standing {
  readonly alarmMetrics: number;
  readonly dashboards: number;
  /** Calls of functions by schedules in a month. */
  readonly scheduledCalls: number;
  /** Queues that Lambda asks for messages all the time. */
  readonly polledQueues: number;
}

/** What nobody can measure here. */
export interface Assumed {
  /** Share of views whose page the edge or the site's own cache has to make anew. */
  readonly missShare: number;
  /** Calls of the API that a view makes, for its comments. */
  readonly apiCallsPerView: number;
  /** Read units of a page that is made anew and of a call, by the rows of docs/access-patterns.md. */
  readonly readsPerRender: number;
  readonly readsPerApiCall: number;
  /** Views of one signed-in person in a month. */
  readonly viewsPerActivePerson: number;
  readonly shareOfViewsSignedIn: number;
  readonly scheduledMilliseconds: number;
  /** What a site with readers holds. A stage that was only deployed holds nothing. */
  readonly gigabytesInTable: number;
  readonly gigabytesOfPictures: number;
  /** Share of calls that X-Ray is told of. */
  readonly tracedShare: number;
}

export const assumed: Assumed = {
  missShare: 0.02,
  apiCallsPerView: 1,
  readsPerRender: 6,
  readsPerApiCall: 2,
  viewsPerActivePerson: 100,
  shareOfViewsSignedIn: 0.05,
  scheduledMilliseconds: 100,
  gigabytesInTable: 1,
  gigabytesOfPictures: 10,
  tracedShare: 0.05,
};

const million = 1_000_000;
/** Lambda keeps five long polls of 20 seconds open for each queue. */
const pollsPerQueueAndMonth = 5 * 3 * 60 * 24 * 30;

const beyond = (amount: number, free: number) => Math.max(0, amount - free);

/** US dollars of a month by service, for so many views of pages. Free amounts that do not end are taken off. */
export function monthlyCost(
  views: number,
  {
    measured,
    standing,
    prices,
  }: { readonly measured: Measured; readonly standing: Standing; readonly prices: Prices },
): Readonly<Record<string, number>> {
  const renders = views * assumed.missShare;
  const apiCalls = views * assumed.apiCallsPerView;
  const calls = renders + apiCalls + standing.scheduledCalls;
  const gigabyteSeconds =
    (renders * measured.renderMilliseconds * measured.renderMegabytes +
      apiCalls * measured.apiMilliseconds * measured.apiMegabytes +
      standing.scheduledCalls * assumed.scheduledMilliseconds * 512) /
    1000 /
    1024;
  const edgeRequests = views * (measured.requestsPerView + assumed.apiCallsPerView);
  const gigabytes = (views * measured.bytesPerView) / 1e9;
  const { lambda, cloudfront, httpApi, dynamodb, s3, sqs, cloudwatch, cognito, xray } = prices;
  const activePeople = (views * assumed.shareOfViewsSignedIn) / assumed.viewsPerActivePerson;
  const [inTable, ofPictures] =
    views === 0 ? [0, 0] : [assumed.gigabytesInTable, assumed.gigabytesOfPictures];
  const reads =
    renders * assumed.readsPerRender + apiCalls * assumed.readsPerApiCall + standing.scheduledCalls;
  return {
    CloudFront:
      beyond(gigabytes, cloudfront.freeGigabytes) * cloudfront.perGigabyte +
      (beyond(edgeRequests, cloudfront.freeRequests) / million) * cloudfront.perMillionRequests +
      (beyond(edgeRequests, cloudfront.freeFunctionCalls) / million) * cloudfront.perMillionFunctionCalls,
    Lambda:
      (beyond(calls, lambda.freeRequests) / million) * lambda.perMillionRequests +
      beyond(gigabyteSeconds, lambda.freeGigabyteSeconds) * lambda.perGigabyteSecondArm,
    "API Gateway": (apiCalls / million) * httpApi.perMillionRequests,
    DynamoDB:
      (reads / million) * dynamodb.perMillionReads +
      beyond(inTable, dynamodb.freeGigabytes) * dynamodb.perGigabyteMonth +
      inTable * dynamodb.backupPerGigabyteMonth,
    S3: ofPictures * s3.perGigabyteMonth + (renders / 1000) * (s3.perThousandGets + s3.perThousandPuts),
    SQS:
      (beyond(standing.polledQueues * pollsPerQueueAndMonth + renders, sqs.freeRequests) / million) *
      sqs.perMillionRequests,
    CloudWatch:
      beyond(standing.alarmMetrics, cloudwatch.freeAlarmMetrics) * cloudwatch.perAlarmMetric +
      beyond(standing.dashboards, cloudwatch.freeDashboards) * cloudwatch.perDashboard +
      beyond((calls * measured.logBytesPerCall) / 1e9, cloudwatch.freeGigabytesLogs) *
        cloudwatch.perGigabyteLogs,
    Cognito: beyond(activePeople, cognito.freeActivePeople) * cognito.perActivePerson,
    "X-Ray": (beyond(calls * assumed.tracedShare, xray.freeTraces) / million) * xray.perMillionTraces,
  };
}
