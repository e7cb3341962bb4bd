import { credentialContract } from "@haru/core/credential/credential.contract";
import { changeEmail, confirmEmail } from "@haru/core/credential/email";
import { changePassword, forgotPassword, resetPassword } from "@haru/core/credential/password";
import { withUserPool } from "./core.ts";
import { serve } from "./http.ts";

export const handler = serve(credentialContract, {
  forgotPassword: withUserPool(forgotPassword),
  resetPassword: withUserPool(resetPassword),
  changePassword: withUserPool(changePassword),
  changeEmail: withUserPool(changeEmail),
  confirmEmail: withUserPool(confirmEmail),
});
