import { refresh, signOut } from "@haru/core/session/refresh";
import { end, endAll, list } from "@haru/core/session/session";
import { sessionContract } from "@haru/core/session/session.contract";
import { signIn } from "@haru/core/session/sign-in";
import { withAdminPool, withUserPool } from "./core.ts";
import { serve } from "./http.ts";

export const handler = serve(sessionContract, {
  signIn: withAdminPool(signIn),
  refresh: withUserPool(refresh),
  signOut: withUserPool(signOut),
  list,
  end,
  endAll: withUserPool(endAll),
});
