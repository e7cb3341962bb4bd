import { accountOperations } from "./operation/account.ts";
import { adminCreateUserOperations } from "./operation/admin-create-user.ts";
import { adminUserOperations } from "./operation/admin-user.ts";
import { groupOperations } from "./operation/group.ts";
import { initiateAuthOperations } from "./operation/initiate-auth.ts";
import { passwordOperations } from "./operation/password.ts";
import { challengeOperations } from "./operation/respond-to-challenge.ts";
import { signUpOperations } from "./operation/sign-up.ts";
import { softwareTokenOperations } from "./operation/software-token.ts";
import { tokenOperations } from "./operation/token.ts";
import type { Operations } from "./operation.ts";

/** Everything that the local user pools can do. */
export const operations: Operations = {
  ...signUpOperations,
  ...initiateAuthOperations,
  ...challengeOperations,
  ...tokenOperations,
  ...passwordOperations,
  ...accountOperations,
  ...softwareTokenOperations,
  ...adminUserOperations,
  ...adminCreateUserOperations,
  ...groupOperations,
};
