import { expect, test } from "vitest";
import { roles } from "./account/account.contract.ts";
import { hasRole } from "./actor.ts";
import { accountIdOf } from "./id.ts";

const accountId = accountIdOf(crypto.randomUUID());

test("a role may do all that the roles below it may, and nothing above", () => {
  for (const [have, role] of roles.entries())
    for (const [need, wanted] of roles.entries())
      expect(hasRole({ accountId, roles: [role] }, wanted)).toBe(have >= need);
});

test("nobody's role comes from an empty list", () => {
  for (const role of roles) expect(hasRole({ accountId, roles: [] }, role)).toBe(false);
});
