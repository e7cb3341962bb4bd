import type * as delivery from "../delivery.ts";
import { add, find, type Mutations, remove } from "./draft.ts";

export const deliveryMutations: Mutations<typeof delivery> = {
  streamsHaveAnEnd: [
    {
      spoil: (draft) => {
        delete find(draft, "TableSubscriberRefreshEventSourceMapping").maximumRetryAttempts;
      },
      says: /has no end to its retries/,
    },
    {
      spoil: (draft) => {
        find(draft, "TableSubscriberRefreshEventSourceMapping").maximumRecordAgeInSeconds = -1;
      },
      says: /no end to the age/,
    },
    {
      spoil: (draft) => {
        delete find(draft, "TableSubscriberRefreshEventSourceMapping").destinationConfig;
      },
      says: /no place for what failed/,
    },
    {
      spoil: (draft) => {
        find(draft, "TableSubscriberRefreshEventSourceMapping").bisectBatchOnFunctionError = false;
      },
      says: /one bad record/,
    },
    {
      spoil: (draft) => {
        find(draft, "TableSubscriberRefreshEventSourceMapping").functionResponseTypes = [];
      },
      says: /no partial answers/,
    },
  ],
  queuesThatAreReadHaveADeadLetterQueue: [
    {
      spoil: (draft) => {
        delete find(draft, "WebRevalidationEventsQueue").redrivePolicy;
      },
      says: /"WebRevalidationEventsQueue" is read and has no dead-letter queue/,
    },
    { spoil: (draft) => remove(draft, "WebRegenerationDlqQueue"), says: /gives up to a queue that/ },
    { spoil: (draft) => remove(draft, "WebRevalidationEventsQueue"), says: /reads a queue that this stage/ },
    {
      spoil: (draft) => {
        const queue = find(draft, "WebRevalidationEventsQueue");
        queue.redrivePolicy = JSON.stringify({ ...JSON.parse(queue.redrivePolicy), maxReceiveCount: 1000 });
      },
      says: /tries more than 10 times/,
    },
  ],
  queuesKeepWhatFailedForTwoWeeks: [
    {
      spoil: (draft) => {
        find(draft, "RefreshDlqQueue").messageRetentionSeconds = 345_600;
      },
      says: /"RefreshDlqQueue" forgets/,
    },
  ],
  asynchronousCallsHaveAnEnd: [
    {
      spoil: (draft) =>
        add(draft, "aws:lambda/permission:Permission", "Pushed", {
          principal: "sns.amazonaws.com",
          function: find(draft, "ApiPostFunction").name,
        }),
      says: /"ApiPostFunction" is called asynchronously without an end/,
    },
    {
      spoil: (draft) => {
        const functionName = find(draft, "ApiPostFunction").name;
        const principal = "s3.amazonaws.com";
        add(draft, "aws:lambda/permission:Permission", "Pushed", { principal, function: functionName });
        add(draft, "aws:lambda/functionEventInvokeConfig:FunctionEventInvokeConfig", "Config", {
          functionName,
          maximumRetryAttempts: 2,
          maximumEventAgeInSeconds: 3600,
        });
      },
      says: /or a place for what failed/,
    },
  ],
  schedulesHaveAnEnd: [
    {
      spoil: (draft) =>
        add(draft, "aws:scheduler/schedule:Schedule", "Nightly", {
          target: { retryPolicy: { maximumRetryAttempts: 185 }, deadLetterConfig: { arn: "arn" } },
        }),
      says: /"Nightly" has no end/,
    },
    {
      spoil: (draft) =>
        add(draft, "aws:scheduler/schedule:Schedule", "Nightly", {
          target: { retryPolicy: { maximumRetryAttempts: 2 } },
        }),
      says: /no place for what failed/,
    },
  ],
};
