import { createHash } from "node:crypto";
import { ACCOUNT_ID, type Cloud, type Providers, REGION } from "../cloud.ts";
import { type HttpApi, startHttpApi } from "../http-api/http-api.ts";
import { resolveIssuer } from "../http-api/issuer.ts";
import { createJwtAuthorizer } from "../http-api/jwt-authorizer.ts";
import type { ThrottleSettings } from "../http-api/throttle.ts";
import type { ProvisionRequest } from "../resource.ts";
import { provideWebSocketApi, webSocketApiOf } from "./websocket-api.ts";

/** "Maximum integration timeout" of the HTTP API quotas. */
const MAXIMUM_INTEGRATION_MS = 30_000;
/** "Integration timeout" of the WebSocket API quotas. */
const MAXIMUM_WEBSOCKET_INTEGRATION_MS = 29_000;

const apisByCloud = new WeakMap<Cloud, Map<string, HttpApi>>();

/** HTTP APIs with Lambda integrations of payload format 2.0 and JWT authorizers; WebSocket APIs. */
export const apigatewayv2Providers: Providers = {
  "aws:apigatewayv2/api:Api": async (request, cloud) => {
    const { urn, name, inputs } = request;
    const id = shortId(urn);
    if (inputs.protocolType === "WEBSOCKET") return provideWebSocketApi(request, id, cloud);
    const cors = inputs.corsConfiguration;
    if (cors?.allowCredentials && cors.allowOrigins?.includes("*")) {
      throw new Error("API Gateway refuses allowCredentials together with the origin *.");
    }
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
    const id = shortId(urn);
    const socketApi = webSocketApiOf(request, cloud);
    // WebSocket APIs have one payload format, which has no number.
    if (inputs.integrationType !== "AWS_PROXY" || (!socketApi && inputs.payloadFormatVersion !== "2.0")) {
      throw new Error("the local cloud has Lambda integrations of payload format 2.0 only.");
    }
    if (socketApi) {
      const timeoutMs = inputs.timeoutMilliseconds ?? MAXIMUM_WEBSOCKET_INTEGRATION_MS;
      socketApi.addIntegration(id, {
        functionArn: functionArn(inputs.integrationUri),
        timeoutMs: Math.min(timeoutMs, MAXIMUM_WEBSOCKET_INTEGRATION_MS),
      });
      return { id, state: {} };
    }
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
    const integrationId = String(inputs.target).replace(/^integrations\//, "");
    const socketApi = webSocketApiOf(request, cloud);
    if (type !== "NONE" && (type !== "JWT" || socketApi)) {
      throw new Error(
        `the local cloud has no authorization of type ${type} for the route ${inputs.routeKey}.`,
      );
    }
    if (socketApi) {
      socketApi.addRoute(inputs.routeKey, integrationId);
      return { id: shortId(urn), state: {} };
    }
    if (type === "JWT" && !inputs.authorizerId) {
      throw new Error(`the route ${inputs.routeKey} asks for a JWT and names no authorizer.`);
    }
    apiOf(request, cloud).addRoute({
      routeKey: inputs.routeKey,
      integrationId,
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
    if (webSocketApiOf(request, cloud))
      return { id: inputs.name, state: stageState(inputs.apiId, inputs.name) };
    const api = apiOf(request, cloud);
    const byRoute = (inputs.routeSettings ?? []).map(
      ({ routeKey, ...settings }: ThrottleSettings & { routeKey: string }) => [routeKey, settings] as const,
    );
    api.setThrottling(inputs.defaultRouteSettings, new Map(byRoute));
    return {
      id: inputs.name,
      state: { ...stageState(inputs.apiId, inputs.name), invokeUrl: `${api.url}/` },
    };
  },
};

function stageState(apiId: string, stage: string) {
  return {
    arn: `arn:aws:apigateway:${REGION}::/apis/${apiId}/stages/${stage}`,
    executionArn: `arn:aws:execute-api:${REGION}:${ACCOUNT_ID}:${apiId}/${stage}`,
  };
}

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
