import type { Cloud, Providers } from "../cloud.ts";
import { type NotificationRule, notify } from "../mapping/notification.ts";

/** Notifications of a bucket to functions, queues and topics. */
export const s3NotificationProviders: Providers = {
  "aws:s3/bucketNotification:BucketNotification": async ({ inputs }, cloud) => {
    if (inputs.eventbridge === true) throw new Error("notifications to EventBridge are not known.");
    const rules = rulesOf(inputs);
    cloud.onReady(() => listen(inputs.bucket, rules, cloud));
    return { id: inputs.bucket, state: {} };
  },
};

function listen(bucket: string, rules: readonly NotificationRule[], cloud: Cloud): void {
  cloud.onObjectEvent((event) => {
    for (const { arn, payload } of notify(event, bucket, rules)) {
      cloud.destinations.deliver(arn, payload).catch((error: Error) =>
        cloud.log({
          level: "error",
          source: bucket,
          message: `${arn} did not take a notification: ${error.message}`,
        }),
      );
    }
  });
}

interface Declared {
  readonly id?: string;
  readonly events: readonly string[];
  readonly filterPrefix?: string;
  readonly filterSuffix?: string;
  readonly lambdaFunctionArn?: string;
  readonly queueArn?: string;
  readonly topicArn?: string;
}

function rulesOf(inputs: Record<string, unknown>): NotificationRule[] {
  const declared = [inputs.lambdaFunctions, inputs.queues, inputs.topics].flatMap(
    (list) => (list ?? []) as readonly Declared[],
  );
  return declared.map(({ id, events, filterPrefix, filterSuffix, ...target }) => ({
    id: id ?? "",
    arn: target.lambdaFunctionArn ?? target.queueArn ?? target.topicArn ?? "",
    events,
    prefix: filterPrefix ?? "",
    suffix: filterSuffix ?? "",
  }));
}
