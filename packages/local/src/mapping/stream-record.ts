import { REGION } from "../cloud.ts";

type Attributes = Readonly<Record<string, unknown>>;

/** A record as DynamoDB Streams sends it: attribute values in DynamoDB's JSON, binaries in base64. */
export interface StreamRecord {
  readonly eventID: string;
  readonly eventName: "INSERT" | "MODIFY" | "REMOVE";
  readonly eventVersion: string;
  readonly eventSource: string;
  readonly awsRegion: string;
  readonly dynamodb: {
    /** Seconds since the epoch; DynamoDB Local cuts it to the minute. */
    readonly ApproximateCreationDateTime: number;
    readonly Keys: Attributes;
    readonly NewImage?: Attributes;
    readonly OldImage?: Attributes;
    readonly SequenceNumber: string;
    readonly SizeBytes: number;
    readonly StreamViewType: string;
  };
  /** On records of items that expired. */
  readonly userIdentity?: {
    readonly PrincipalId?: string;
    readonly Type?: string;
    readonly principalId?: string;
    readonly type?: string;
  };
}

/** The record as a Lambda function's event has it. */
export function toLambdaRecord(record: StreamRecord, streamArn: string) {
  const { userIdentity, ...rest } = record;
  return {
    ...rest,
    awsRegion: REGION,
    eventSourceARN: streamArn,
    ...(userIdentity
      ? {
          userIdentity: {
            type: userIdentity.type ?? userIdentity.Type,
            principalId: userIdentity.principalId ?? userIdentity.PrincipalId,
          },
        }
      : {}),
  };
}

export type LambdaRecord = ReturnType<typeof toLambdaRecord>;

const MINUTE_MS = 60_000;

/**
 * When the record was written, in milliseconds since the epoch: never before
 * the truth, because the engine's time is cut to the minute, and never after it was read.
 */
export function arrivedAt(record: StreamRecord, readAt: number): number {
  return Math.min(record.dynamodb.ApproximateCreationDateTime * 1000 + MINUTE_MS, readAt);
}
