import { Validator } from "@seriousme/openapi-schema-validator";
import { expect, test } from "vitest";
import type { Contract } from "../contract.ts";
import { errorStatus } from "../errors.ts";
import { contracts } from "../routes.ts";
import { describe } from "./openapi.ts";

test("the description is valid OpenAPI 3.1 by an independent validator", async () => {
  const validator = new Validator();
  const result = await validator.validate(structuredClone(describe(contracts)));
  expect(result).toMatchObject({ valid: true });
  expect(validator.version).toBe("3.1");
});

const paths = describe(contracts).paths as Record<string, Record<string, Operation>>;
interface Operation {
  readonly operationId: string;
  readonly security: readonly object[];
  readonly parameters?: readonly { readonly name: string; readonly in: string; readonly schema: object }[];
  readonly requestBody?: {
    readonly content: Record<string, { readonly schema: { readonly properties: object } }>;
  };
  readonly responses: Record<string, object>;
}

test("every route is described under its method and path, with its success and its errors", () => {
  for (const [noun, contract] of Object.entries<Contract>(contracts))
    for (const [verb, route] of Object.entries(contract)) {
      const operation = paths[route.path]?.[route.method.toLowerCase()];
      expect(operation?.operationId).toBe(`${noun}.${verb}`);
      const statuses = [route.status ?? 200, 400, ...route.errors.map((code) => errorStatus[code])];
      expect(Object.keys(operation?.responses ?? {})).toEqual(expect.arrayContaining(statuses.map(String)));
    }
});

test("what needs a token says so, and what does not says that too", () => {
  expect(paths["/author/posts"]?.post?.security).toEqual([{ accessToken: [] }]);
  expect(paths["/posts"]?.get?.security).toEqual([]);
});

test("each value is described where it travels", () => {
  const create = paths["/posts/{postId}/comments"]?.post;
  expect(create?.parameters?.map((parameter) => `${parameter.in} ${parameter.name}`)).toEqual([
    "path postId",
    "header Idempotency-Key",
  ]);
  const body = create?.requestBody?.content["application/json"]?.schema;
  expect(Object.keys(body?.properties ?? {})).toEqual(["parentId", "markdown"]);
  const list = paths["/posts"]?.get;
  expect(list?.parameters?.map((parameter) => `${parameter.in} ${parameter.name}`)).toEqual([
    "query lang",
    "query tag",
    "query authorId",
    "query month",
    "query series",
    "query shelf",
    "query cursor",
    "query limit",
  ]);
});

/** Whoever reads the description knows what to send: a type, a component, or one of several that are each known. */
function hasType(schema: object): boolean {
  const { anyOf } = schema as { anyOf?: readonly object[] };
  return "type" in schema || "$ref" in schema || (anyOf?.every(hasType) ?? false);
}

test("every value has a type, and every reference leads somewhere", () => {
  const document = describe(contracts);
  const references = [...JSON.stringify(document).matchAll(/"#\/components\/schemas\/(\w+)"/g)];
  expect(references.length).toBeGreaterThan(10);
  for (const [, name] of references) expect(document.components.schemas).toHaveProperty(name ?? "");
  for (const operation of Object.values(paths).flatMap((path) => Object.values(path)))
    for (const { name, schema } of operation.parameters ?? [])
      expect([operation.operationId, name, hasType(schema)]).toEqual([operation.operationId, name, true]);
});
