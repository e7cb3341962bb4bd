import { Validator } from "@seriousme/openapi-schema-validator";
import { expect, test } from "vitest";
import { contracts } from "../routes.ts";
import { describe } from "./openapi.ts";

test("the description is valid OpenAPI 3.1 by an independent validator", async () => {
  const validator = new Validator();
  const result = await validator.validate(structuredClone(describe(contracts)));
  expect(result).toMatchObject({ valid: true });
  expect(validator.version).toBe("3.1");
});
