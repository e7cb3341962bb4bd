import type * as operation from "../operation.ts";
import { find, type Mutations, remove } from "./draft.ts";

export const operationMutations: Mutations<typeof operation> = {
  logsHaveRetention: [
    {
      spoil: (draft) => {
        delete find(draft, "ApiAccessLog").retentionInDays;
      },
      says: /"ApiAccessLog" keeps logs for ever/,
    },
  ],
  functionsLogJsonIntoTheirOwnGroup: [
    {
      spoil: (draft) => {
        find(draft, "ApiPostFunction").loggingConfig.logFormat = "Text";
      },
      says: /"ApiPostFunction" does not log JSON/,
    },
    { spoil: (draft) => remove(draft, "ApiPostLogGroup"), says: /a group without retention/ },
  ],
  functionsRunOnTheCurrentNodeAndArm: [
    {
      spoil: (draft) => {
        find(draft, "ApiPostFunction").architectures = ["x86_64"];
      },
      says: /"ApiPostFunction" runs on another/,
    },
  ],
  functionsAreTraced: [
    {
      spoil: (draft) => {
        delete find(draft, "ApiPostFunction").tracingConfig;
      },
      says: /"ApiPostFunction" is not traced/,
    },
  ],
  queuesAreEncrypted: [
    {
      spoil: (draft) => {
        find(draft, "RefreshDlqQueue").sqsManagedSseEnabled = false;
      },
      says: /"RefreshDlqQueue" is not encrypted/,
    },
  ],
};
