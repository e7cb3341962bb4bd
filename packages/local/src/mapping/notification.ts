import { REGION } from "../cloud.ts";
import type { S3Event } from "../engine/s3.ts";

/** One notification of a bucket. */
export interface NotificationRule {
  readonly id: string;
  /** Of the function, queue or topic. */
  readonly arn: string;
  /** For instance `s3:ObjectCreated:*`. */
  readonly events: readonly string[];
  readonly prefix: string;
  readonly suffix: string;
}

/** What has to be sent for an event of the object engine: one message for each rule that matches. */
export function notify(
  event: S3Event,
  bucket: string,
  rules: readonly NotificationRule[],
): { readonly arn: string; readonly payload: unknown }[] {
  return event.Records.flatMap((record) => {
    if (record.s3.bucket.name !== bucket) return [];
    // The key is URL-encoded in the event; rules name it as it is.
    const key = decodeURIComponent(record.s3.object.key.replaceAll("+", " "));
    return rules
      .filter(({ events, prefix, suffix }) => {
        const isWanted = events.some((name) => matchesEvent(name, record.eventName));
        return isWanted && key.startsWith(prefix) && key.endsWith(suffix);
      })
      .map(({ id, arn }) => ({
        arn,
        payload: {
          Records: [
            {
              ...record,
              awsRegion: REGION,
              eventSource: "aws:s3",
              s3: { ...record.s3, configurationId: id },
            },
          ],
        },
      }));
  });
}

/** `s3:ObjectCreated:*` stands for all kinds of creation; the record's name has no `s3:`. */
function matchesEvent(wanted: string, eventName: string): boolean {
  const name = wanted.replace(/^s3:/, "");
  return name.endsWith("*") ? eventName.startsWith(name.slice(0, -1)) : eventName === name;
}
