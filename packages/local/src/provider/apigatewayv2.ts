import { createHash } from "node:crypto";
import { ACCOUNT_ID, type Cloud, type Providers, REGION } from "../cloud.ts";
import { type HttpApi, startHttpApi } from "../http-api/http-api.ts";
import { resolveIssuer } from "../http-api/issuer.ts";
import { createJwtAuthorizer } from "../http-api/jwt-authorizer.ts";
import type { ThrottleSettings } from "../http-api/throttle.ts";
import type { ProvisionRequest } from "../resource.ts";

/** "Maximum integration timeout" of the HTTP API quotas. */
const MAXIMUM_INTEGRATION_MS = 30_000;

const apisByCloud = new WeakMap<Cloud, Map<string, HttpApi>>();

/** HTTP APIs with Lambda integrations of payload format 2.0 and JWT authorizers. */
export const apigatewayv2Providers: Providers = {
  "aws:apigatewayv2/api:Api": async ({ urn, name, inputs }, cloud) => {
    if (inputs.protocolType !== "HTTP") {
      throw new Error(`the local cloud has HTTP APIs only, no ${inputs.protocolType} API.`);
    }
    const cors = inputs.corsConfiguration;
    if (cors?.allowCredentials && cors.allowOrigins?.includes("*")) {
      throw new Error("API Gateway refuses allowCredentials together with the origin *.");
    }
    const id = shortId(urn);
    const api = await startHttpApi({
      id,
      name,
      port: await cloud.port(`http-api ${name}`),
      // SST hands an empty object on for `cors: false`.
      cors: cors && Object.keys(cors).length > 0 ? cors : undefined,
      functions: cloud.functions,
      log: cloud.log,
    });
    const apis = apisByCloud.get(cloud) ?? new Map<string, HttpApi>();
    apisByCloud.set(cloud, apis.set(id, api));
    cloud.onStop(() => api.stop());
    return {
      id,
      state: {
        apiEndpoint: api.url,
        arn: `arn:aws:apigateway:${REGION}::/apis/${id}`,
        executionArn: `arn:aws:execute-api:${REGION}:${ACCOUNT_ID}:${id}`,
      },
    };
  },

  "aws:apigatewayv2/integration:Integration": async (request, cloud) => {
    const { urn, inputs } = request;
    if (inputs.integrationType !== "AWS_PROXY" || (inputs.payloadFormatVersion ?? "1.0") !== "2.0") {
      throw new Error("the local cloud has Lambda integrations of payload format 2.0 only.");
    }
    const id = shortId(urn);
    apiOf(request, cloud).addIntegration(id, {
      functionArn: functionArn(inputs.integrationUri),
      timeoutMs: Math.min(inputs.timeoutMilliseconds ?? MAXIMUM_INTEGRATION_MS, MAXIMUM_INTEGRATION_MS),
    });
    return { id, state: {} };
  },

  "aws:apigatewayv2/authorizer:Authorizer": async (request, cloud) => {
    const { urn, inputs } = request;
    if (inputs.authorizerType !== "JWT") {
      throw new Error(`the local cloud has JWT authorizers only, none of type ${inputs.authorizerType}.`);
    }
    const id = shortId(urn);
    const authorizer = createJwtAuthorizer({
      issuer: resolveIssuer(inputs.jwtConfiguration.issuer, cloud.endpoints),
      audiences: inputs.jwtConfiguration.audiences ?? [],
      identitySource: inputs.identitySources?.[0] ?? "$request.header.Authorization",
    });
    apiOf(request, cloud).addAuthorizer(id, authorizer);
    return { id, state: {} };
  },

  "aws:apigatewayv2/route:Route": async (request, cloud) => {
    const { urn, inputs } = request;
    const type = inputs.authorizationType ?? "NONE";
    if (type !== "NONE" && type !== "JWT") {
      throw new Error(
        `the local cloud has no authorization of type ${type} for the route ${inputs.routeKey}.`,
      );
    }
    if (type === "JWT" && !inputs.authorizerId) {
      throw new Error(`the route ${inputs.routeKey} asks for a JWT and names no authorizer.`);
    }
    apiOf(request, cloud).addRoute({
      routeKey: inputs.routeKey,
      integrationId: String(inputs.target).replace(/^integrations\//, ""),
      authorizerId: type === "JWT" ? inputs.authorizerId : undefined,
      scopes: inputs.authorizationScopes ?? [],
    });
    return { id: shortId(urn), state: {} };
  },

  "aws:apigatewayv2/stage:Stage": async (request, cloud) => {
    const { inputs } = request;
    if (inputs.name !== "$default") {
      throw new Error(`the local cloud has the stage $default only, no stage ${inputs.name}.`);
    }
    const api = apiOf(request, cloud);
    const byRoute = (inputs.routeSettings ?? []).map(
      ({ routeKey, ...settings }: ThrottleSettings & { routeKey: string }) => [routeKey, settings] as const,
    );
    api.setThrottling(inputs.defaultRouteSettings, new Map(byRoute));
    return {
      id: inputs.name,
      state: {
        arn: `arn:aws:apigateway:${REGION}::/apis/${inputs.apiId}/stages/${inputs.name}`,
        executionArn: `arn:aws:execute-api:${REGION}:${ACCOUNT_ID}:${inputs.apiId}/${inputs.name}`,
        invokeUrl: `${api.url}/`,
      },
    };
  },
};

function apiOf({ inputs }: ProvisionRequest, cloud: Cloud): HttpApi {
  const api = apisByCloud.get(cloud)?.get(inputs.apiId);
  if (!api) throw new Error(`there is no HTTP API ${inputs.apiId}.`);
  return api;
}

/** Ten letters and digits, as AWS's ids have, the same at every start. */
function shortId(urn: string): string {
  return BigInt(`0x${createHash("sha256").update(urn).digest("hex")}`)
    .toString(36)
    .slice(0, 10);
}

/** Takes the function's ARN out of an invoke ARN (`…:lambda:path/…/functions/<arn>/invocations`) as well. */
function functionArn(uri: string): string {
  return /\/functions\/(.+)\/invocations$/.exec(uri)?.[1] ?? uri;
}
