import { type Role, roles } from "./account/account.contract.ts";
import type { AccountId } from "./id.ts";

/** Who acts, as the token says: nobody reads an account to learn it. */
export interface Actor {
  readonly accountId: AccountId;
  readonly roles: readonly Role[];
}

/** Later roles may do all that earlier ones may. */
export function hasRole(actor: Actor, wanted: Role): boolean {
  return actor.roles.some((role) => roles.indexOf(role) >= roles.indexOf(wanted));
}
