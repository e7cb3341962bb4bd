/** What caused a call, in one short line, as its event tells it: `GET /notes/{id}`, `3 messages of Jobs`, … */
export function describeTrigger(event: unknown): string {
  const { requestContext, Records, triggerSource, source } = (event ?? {}) as {
    readonly requestContext?: {
      readonly routeKey?: string;
      readonly http?: { readonly method?: string; readonly path?: string };
    };
    readonly Records?: readonly { readonly eventSource?: string; readonly eventSourceARN?: string }[];
    readonly triggerSource?: string;
    readonly source?: string;
  };
  const { http, routeKey } = requestContext ?? {};
  if (http) return `${http.method} ${http.path}`;
  if (routeKey) return routeKey;
  if (Array.isArray(Records)) return describeRecords(Records);
  if (triggerSource) return triggerSource;
  return source === "aws.events" || source === "aws.scheduler" ? "schedule" : "direct call";
}

function describeRecords(
  records: readonly { readonly eventSource?: string; readonly eventSourceARN?: string }[],
): string {
  const [first] = records;
  const count = (noun: string) => `${records.length} ${noun}${records.length === 1 ? "" : "s"}`;
  if (first?.eventSource === "aws:sqs") {
    return `${count("message")} of ${first.eventSourceARN?.split(":").at(-1)}`;
  }
  if (first?.eventSource === "aws:dynamodb") {
    return `${count("change")} of ${/table\/([^/]+)/.exec(first.eventSourceARN ?? "")?.[1]}`;
  }
  return count("record");
}
