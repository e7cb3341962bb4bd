import { current } from "@haru/core/account/account";
import { accountContract } from "@haru/core/account/account.contract";
import { confirm, resendCode, signUp } from "@haru/core/account/sign-up";
import { withUserPool } from "./core.ts";
import { serve } from "./http.ts";

export const handler = serve(accountContract, {
  current,
  signUp: withUserPool(signUp),
  confirm: withUserPool(confirm),
  resendCode: withUserPool(resendCode),
});
