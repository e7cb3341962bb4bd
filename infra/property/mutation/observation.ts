import type * as observation from "../observation.ts";
import { find, type Mutations, remove } from "./draft.ts";

export const observationMutations: Mutations<typeof observation> = {
  whatFailsForGoodRings: [
    {
      spoil: (draft) => remove(draft, "RefreshDlqQueueNotEmpty"),
      says: /"RefreshDlqQueue" takes dead letters and no alarm/,
    },
    {
      spoil: (draft) => {
        find(draft, "MissedCallsDlqQueueNotEmpty").dimensions.QueueName = "another";
      },
      says: /"MissedCallsDlqQueue" takes dead letters and no alarm/,
    },
  ],
  whatWaitsTooLongRings: [
    {
      spoil: (draft) => {
        const readers = draft.resources.filter(({ inputs }) => inputs.metricName === "IteratorAge");
        for (const { name } of readers) remove(draft, name);
      },
      says: /may fall behind/,
    },
    {
      spoil: (draft) => remove(draft, "WebRevalidationEventsQueueWaits"),
      says: /may fall behind/,
    },
  ],
  alarmsReachSomebodyWhoCanReadWhatToDo: [
    {
      spoil: (draft) => {
        find(draft, "ApiIsSlow").alarmActions = [];
      },
      says: /"ApiIsSlow" tells nobody/,
    },
    {
      spoil: (draft) => {
        find(draft, "ApiIsSlow").alarmDescription = "Slow.";
      },
      says: /"ApiIsSlow" has no entry/,
    },
    {
      spoil: (draft) => {
        find(draft, "ApiIsSlow").treatMissingData = "breaching";
      },
      says: /"ApiIsSlow" rings when nothing happens/,
    },
  ],
};
