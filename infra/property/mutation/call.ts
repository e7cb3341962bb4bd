import type * as call from "../call.ts";
import { find, type Mutations } from "./draft.ts";

export const callMutations: Mutations<typeof call> = {
  functionsMayDoWhatTheyCall: [
    {
      spoil: (draft) => {
        find(draft, "ApiMediaRole").inlinePolicies = [];
      },
      says: /^The function ApiMedia needs s3:PutObject on one of .*Media.*, and no statement allows it\.$/m,
    },
    {
      spoil: (draft) => {
        const statement = { Effect: "Allow", Action: "s3:DeleteObject", Resource: "arn:aws:s3:::x/*" };
        const policy = JSON.stringify({ Statement: [statement] });
        find(draft, "ApiTodoRole").inlinePolicies.push({ name: "more", policy });
      },
      says: /^The function ApiTodo may s3:DeleteObject, and nothing in its bundle needs it\.$/m,
    },
  ],
};
