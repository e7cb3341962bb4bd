import * as z from "zod";
import { type Contract, etagSchema, idempotencyKeySchema, pathParameters, type Route } from "../contract.ts";
import { type ErrorCode, errorBodySchema, errorMessage, errorStatus } from "../errors.ts";

type Json = Record<string, unknown>;

/** The JSON Schema of an object, as Zod writes it. */
interface ObjectSchema {
  readonly properties: Record<string, Json>;
  readonly required?: readonly string[];
}

interface Named {
  readonly operationId: string;
  readonly noun: string;
  readonly route: Route;
}

const security = "accessToken";

/**
 * The contracts as an OpenAPI 3.1 document. Schemas that carry an `id` in their meta become
 * components; everything else stands where it is used.
 */
export function describe(contracts: Readonly<Record<string, Contract>>) {
  const routes = Object.entries(contracts).flatMap(([noun, contract]) =>
    Object.entries(contract).map(([verb, route]) => ({ operationId: `${noun}.${verb}`, noun, route })),
  );
  // One conversion for all, so that each component is written once. What goes in and what comes
  // out of a schema differ (defaults, coercion), hence two.
  const inputs = convert(
    "input",
    new Map(routes.map(({ operationId, route }) => [operationId, route.input])),
  );
  const outputs = convert(
    "output",
    new Map<string, z.ZodType>([
      ...routes.map(({ operationId, route }) => [operationId, route.output] as const),
      ["error", errorBodySchema],
      ["idempotencyKey", idempotencyKeySchema],
      ["ifMatch", etagSchema],
    ]),
  );
  const paths: Record<string, Json> = {};
  for (const named of routes) {
    const { path, method } = named.route;
    const input = inputs.schemas[named.operationId] as unknown as ObjectSchema;
    paths[path] = { ...paths[path], [method.toLowerCase()]: operationOf(named, input, outputs.schemas) };
  }
  return {
    openapi: "3.1.1" as const,
    info: {
      title: "Haru",
      version: "1",
      description:
        "Lists are read page by page: send the `cursor` of one page to get the next. Messages come in the language of `Accept-Language` (ko, en).",
      license: { name: "Apache-2.0", identifier: "Apache-2.0" },
    },
    servers: [{ url: "/api" }],
    tags: Object.keys(contracts).map((name) => ({ name })),
    paths,
    components: {
      schemas: { ...inputs.components, ...outputs.components },
      securitySchemes: {
        [security]: {
          type: "http",
          scheme: "bearer",
          bearerFormat: "JWT",
          description: "An access token of the user pool. Its groups are the roles.",
        },
      },
    },
  };
}

function convert(io: "input" | "output", schemas: ReadonlyMap<string, z.ZodType>) {
  const converted = z.toJSONSchema(z.object(Object.fromEntries(schemas)), { io });
  const moved = JSON.stringify(converted).replaceAll('"#/$defs/', '"#/components/schemas/');
  const { properties, $defs = {} } = JSON.parse(moved) as ObjectSchema & { $defs?: Record<string, Json> };
  for (const component of Object.values($defs)) delete component.id;
  return { schemas: properties, components: $defs };
}

function operationOf(
  { operationId, noun, route }: Named,
  input: ObjectSchema,
  outputs: Record<string, Json>,
): Json {
  const { method, path, auth, summary, status = 200 } = route;
  const inPath = pathParameters(path);
  const isInQuery = method === "GET" || method === "DELETE";
  const others = Object.keys(input.properties).filter((name) => !inPath.includes(name));
  const required = input.required ?? [];
  const parameters = [
    ...inPath.map((name) => ({ name, in: "path", required: true, schema: input.properties[name] })),
    ...(isInQuery ? others : []).map((name) => ({
      name,
      in: "query",
      required: required.includes(name),
      schema: input.properties[name],
    })),
    ...(route.idempotent
      ? [
          {
            name: "Idempotency-Key",
            in: "header",
            required: false,
            description: "The same key with the same body creates once, for 24 hours.",
            schema: outputs.idempotencyKey,
          },
        ]
      : []),
    ...(route.versioned && ["PATCH", "PUT", "DELETE"].includes(route.method)
      ? [
          {
            name: "If-Match",
            in: "header",
            required: false,
            description:
              "The ETag of the state that the change is meant for; refused with 412 when it is over.",
            schema: outputs.ifMatch,
          },
        ]
      : []),
  ];
  const body = {
    type: "object",
    properties: Object.fromEntries(others.map((name) => [name, input.properties[name]])),
    required: required.filter((name) => !inPath.includes(name)),
    additionalProperties: false,
  };
  return {
    operationId,
    tags: [noun],
    summary,
    security: auth === "public" ? [] : [{ [security]: [] }],
    ...(auth === "public" ? {} : { description: `Needs the role ${auth}, or one above it.` }),
    ...(parameters.length > 0 ? { parameters } : {}),
    ...(isInQuery || others.length === 0
      ? {}
      : { requestBody: { required: true, content: { "application/json": { schema: body } } } }),
    responses: {
      [status]: { description: "Success", content: { "application/json": { schema: outputs[operationId] } } },
      ...errorResponses(route, outputs.error),
    },
  };
}

function errorResponses({ auth, errors }: Route, schema: Json | undefined): Json {
  const everywhere: ErrorCode[] = ["invalid_input", "rate_limited", "internal", "unavailable"];
  const guarded: ErrorCode[] = auth === "public" ? [] : ["unauthenticated", "forbidden"];
  const byStatus = Map.groupBy(new Set([...everywhere, ...guarded, ...errors]), (code) => errorStatus[code]);
  const responses = [...byStatus].map(([status, codes]) => [
    status,
    {
      description: codes.map((code) => `\`${code}\`: ${errorMessage(code, "en")}`).join(" "),
      content: { "application/json": { schema } },
    },
  ]);
  return Object.fromEntries(responses);
}
