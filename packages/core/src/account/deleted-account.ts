import type { AccountId } from "../id.ts";

/** Nobody's account: stands where the account of somebody who left stood and something must stand. */
export const deletedAccountId: AccountId = "acc_00000000-0000-0000-0000-000000000000";
