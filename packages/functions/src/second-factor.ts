import { begin, read, renewRecoveryCodes, turnOff, turnOn } from "@haru/core/second-factor/second-factor";
import { secondFactorContract } from "@haru/core/second-factor/second-factor.contract";
import { withUserPool } from "./core.ts";
import { serve } from "./http.ts";

export const handler = serve(secondFactorContract, {
  read: withUserPool(read),
  begin: withUserPool(begin),
  turnOn: withUserPool(turnOn),
  turnOff: withUserPool(turnOff),
  renewRecoveryCodes: withUserPool(renewRecoveryCodes),
});
