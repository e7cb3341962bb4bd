import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { accountRows } from "../../test/user-pool-contract/account.ts";
import { administrationRows } from "../../test/user-pool-contract/administration.ts";
import { groupRows } from "../../test/user-pool-contract/group.ts";
import { passwordRows } from "../../test/user-pool-contract/password.ts";
import { openTarget, type Row, type Target } from "../../test/user-pool-contract/row.ts";
import { signInRows } from "../../test/user-pool-contract/sign-in.ts";
import { signUpRows } from "../../test/user-pool-contract/sign-up.ts";

/**
 * What AWS answers, by the API reference "Amazon Cognito user pools" and the
 * developer guide's "Managing user existence error responses" and "Lockout
 * behavior for failed sign-in attempts". With COGNITO_CONTRACT_POOL_ID and
 * COGNITO_CONTRACT_CLIENT_ID the same rows run on AWS.
 */
const onAws = Boolean(process.env.COGNITO_CONTRACT_POOL_ID);

let target: Target;

beforeAll(async () => {
  target = await openTarget();
});
afterAll(() => target.stop());

describe.each([
  ["sign-up", signUpRows],
  ["sign-in", signInRows],
  ["password", passwordRows],
  ["account", accountRows],
  ["administration", administrationRows],
  ["group", groupRows],
] as const)("%s", (_, rows: readonly Row[]) => {
  for (const row of rows) {
    test.skipIf(onAws && row.needs !== undefined)(row.call, async () => {
      const outcome = row.does(target);
      if (typeof row.answers === "string") await expect(outcome).rejects.toMatchObject({ name: row.answers });
      else expect(await outcome).toMatchObject(row.answers);
    });
  }
});
