import { businessMetrics } from "@haru/core/contract";
import { alarm, alarmTopic } from "./alarms.ts";
import { api } from "./api.ts";
import { router } from "./router.ts";

/** 99.9 % of the API's requests are answered with something other than a 5xx, over 30 days. */
const errorBudgetPercent = 0.1;
/** A rate on a handful of requests says nothing. */
const fewestRequests = 100;
const hourSeconds = 60 * 60;

/**
 * Rings when so much of the month's budget is spent in a window that it would be gone early: the pairs of
 * the "Alerting on SLOs" chapter of Google's SRE workbook.
 */
function burnAlarm(name: string, windowHours: number, burnRate: number): void {
  const metric = (id: string, metricName: string) => ({
    id,
    metric: {
      namespace: "AWS/ApiGateway",
      metricName,
      dimensions: { ApiId: api.nodes.api.id },
      period: windowHours * hourSeconds,
      stat: "Sum",
    },
  });
  alarm(name, {
    says: `The API spends its error budget ${burnRate} times too quickly.`,
    runbook: "the-api-fails",
    metricQueries: [
      metric("failed", "5xx"),
      metric("asked", "Count"),
      {
        id: "percent",
        expression: `IF(asked >= ${fewestRequests}, 100 * failed / asked, 0)`,
        label: "Failed requests (%)",
        returnData: true,
      },
    ],
    threshold: burnRate * errorBudgetPercent,
  });
}

burnAlarm("ApiBurnsQuickly", 1, 14.4);
burnAlarm("ApiBurnsSlowly", 6, 6);

export const apiIsSlow = alarm("ApiIsSlow", {
  says: "One request of the API in a hundred takes three seconds or more.",
  runbook: "the-api-is-slow",
  namespace: "AWS/ApiGateway",
  metricName: "Latency",
  dimensions: { ApiId: api.nodes.api.id },
  extendedStatistic: "p99",
  period: 300,
  periods: 3,
  threshold: 3_000,
});

alarm("SiteFails", {
  says: "One answer of the site in twenty is an error of its own.",
  runbook: "the-site-fails",
  namespace: "AWS/CloudFront",
  metricName: "5xxErrorRate",
  dimensions: { DistributionId: router.distributionID, Region: "Global" },
  statistic: "Average",
  period: 300,
  periods: 2,
  threshold: 5,
});

// Of all functions together, because an alarm for each would cost more than they do.
export const functionsFail = alarm("FunctionsFail", {
  says: "Functions throw or run out of time.",
  runbook: "functions-fail",
  namespace: "AWS/Lambda",
  metricName: "Errors",
  statistic: "Sum",
  period: 300,
  periods: 2,
  threshold: 5,
});

alarm("FunctionsAreThrottled", {
  says: "Calls of functions are refused because too many run.",
  runbook: "functions-are-throttled",
  namespace: "AWS/Lambda",
  metricName: "Throttles",
  statistic: "Sum",
  period: 300,
  periods: 2,
  threshold: 1,
});

/** Searches by the words of physical names, so that what is declared later is drawn too. */
const search = (schema: string, metric: string, stat: string) => [
  {
    expression: `SEARCH('{${schema}} MetricName="${metric}" ${$app.name} ${$app.stage}', '${stat}', 300)`,
  },
];

if (alarmTopic) {
  new aws.cloudwatch.Dashboard("Dashboard", {
    dashboardName: `${$app.name}-${$app.stage}`,
    dashboardBody: $jsonStringify({
      widgets: [
        widget("API: requests and failures", [
          ["AWS/ApiGateway", "Count", "ApiId", api.nodes.api.id, { stat: "Sum" }],
          ["AWS/ApiGateway", "5xx", "ApiId", api.nodes.api.id, { stat: "Sum" }],
        ]),
        widget("API: milliseconds, half and 99 of 100", [
          ["AWS/ApiGateway", "Latency", "ApiId", api.nodes.api.id, { stat: "p50" }],
          ["AWS/ApiGateway", "Latency", "ApiId", api.nodes.api.id, { stat: "p99" }],
        ]),
        widget("Functions: errors", [search("AWS/Lambda,FunctionName", "Errors", "Sum")]),
        widget("Functions: milliseconds, 99 of 100", [search("AWS/Lambda,FunctionName", "Duration", "p99")]),
        widget("Queues: what waits", [
          search("AWS/SQS,QueueName", "ApproximateNumberOfMessagesVisible", "Maximum"),
        ]),
        widget("Streams: milliseconds behind", [search("AWS/Lambda,FunctionName", "IteratorAge", "Maximum")]),
        widget(
          "What people do",
          businessMetrics.map((metric) => ["Haru", metric, "Stage", $app.stage, { stat: "Sum" }]),
        ),
      ],
    }),
  });
}

function widget(title: string, metrics: readonly unknown[]) {
  const region = aws.getRegionOutput().region;
  return { type: "metric", width: 12, height: 6, properties: { title, region, metrics, period: 300 } };
}
