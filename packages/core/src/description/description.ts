import type { Core } from "../core.ts";
import { operation } from "../operation.ts";
import { contracts } from "../routes.ts";
import { descriptionContract } from "./description.contract.ts";
import { describe } from "./openapi.ts";

let described: ReturnType<typeof describe> | undefined;

export const read = operation(descriptionContract.read.input, async (_: Core) => {
  described ??= describe(contracts);
  return described;
});
