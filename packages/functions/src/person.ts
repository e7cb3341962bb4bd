import { audit } from "@haru/core/person/audit";
import { grantRole, list, restore, suspend, takeRole } from "@haru/core/person/person";
import { personContract } from "@haru/core/person/person.contract";
import { withAdminPool } from "./core.ts";
import { serve } from "./http.ts";

export const handler = serve(personContract, {
  list,
  grantRole: withAdminPool(grantRole),
  takeRole: withAdminPool(takeRole),
  suspend: withAdminPool(suspend),
  restore: withAdminPool(restore),
  audit,
});
