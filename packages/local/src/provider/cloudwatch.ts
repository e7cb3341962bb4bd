import { ACCOUNT_ID, type Providers, REGION } from "../cloud.ts";

/** Log groups by name. The lines themselves go to the terminal. */
export const cloudwatchProviders: Providers = {
  "aws:cloudwatch/logGroup:LogGroup": async ({ name, inputs }) => {
    const group: string = inputs.name ?? name;
    return {
      id: group,
      state: { name: group, arn: `arn:aws:logs:${REGION}:${ACCOUNT_ID}:log-group:${group}` },
    };
  },
};
