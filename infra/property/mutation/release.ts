import type * as release from "../release.ts";
import { find, type Mutations, remove } from "./draft.ts";

export const releaseMutations: Mutations<typeof release> = {
  newVersionsGetTheirCallersLittleByLittle: [
    {
      spoil: (draft) => {
        for (const { inputs } of draft.resources)
          if (inputs.integrationUri) inputs.integrationUri = inputs.integrationUri.replace(/:live$/, "");
      },
      says: /ApiPostFunction is called by no alias/,
    },
    { spoil: (draft) => remove(draft, "ApiPostReleases"), says: /ApiPostFunction has no deployment group/ },
    {
      spoil: (draft) => {
        find(draft, "ApiPostReleases").deploymentConfigName = "CodeDeployDefault.LambdaAllAtOnce";
      },
      says: /"ApiPostReleases" moves everybody at once/,
    },
    {
      spoil: (draft) => {
        find(draft, "ApiPostReleases").alarmConfiguration.alarms = ["another"];
      },
      says: /"ApiPostReleases" looks at no alarm/,
    },
    {
      spoil: (draft) => {
        find(draft, "ApiPostReleases").autoRollbackConfiguration.enabled = false;
      },
      says: /"ApiPostReleases" does not go back/,
    },
  ],
  aliasesHaveVersionsToMoveBetween: [
    {
      spoil: (draft) => {
        find(draft, "ApiPostFunction").publish = false;
      },
      says: /"ApiPostLive" is of a function without versions/,
    },
  ],
};
