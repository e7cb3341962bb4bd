import { ACCOUNT_ID, type Cloud, REGION } from "../cloud.ts";
import type { Provisioned, ProvisionRequest } from "../resource.ts";
import { startWebSocketApi, type WebSocketApi } from "../websocket-api/websocket-api.ts";

const apisByCloud = new WeakMap<Cloud, Map<string, WebSocketApi>>();
const ROUTE_FIELD = /^\$request\.body\.([\w.]+)$/;

/** A WebSocket API with Lambda integrations. Its address is only a name, see `rewriteAddresses`. */
export async function provideWebSocketApi(
  { name, inputs }: ProvisionRequest,
  id: string,
  cloud: Cloud,
): Promise<Provisioned> {
  const field = ROUTE_FIELD.exec(inputs.routeSelectionExpression)?.[1];
  if (!field) {
    throw new Error(`the local cloud cannot select routes by ${inputs.routeSelectionExpression}.`);
  }
  const api = await startWebSocketApi({
    id,
    name,
    port: await cloud.port(`websocket-api ${name}`),
    routeField: field.split("."),
    functions: cloud.functions,
    log: cloud.log,
  });
  const apis = apisByCloud.get(cloud) ?? new Map<string, WebSocketApi>();
  apisByCloud.set(cloud, apis.set(id, api));
  cloud.onStop(() => api.stop());
  return {
    id,
    state: {
      apiEndpoint: `wss://${id}.execute-api.${REGION}.amazonaws.com`,
      localAddress: api.address,
      arn: `arn:aws:apigateway:${REGION}::/apis/${id}`,
      executionArn: `arn:aws:execute-api:${REGION}:${ACCOUNT_ID}:${id}`,
    },
  };
}

export function webSocketApiOf({ inputs }: ProvisionRequest, cloud: Cloud): WebSocketApi | undefined {
  return apisByCloud.get(cloud)?.get(inputs.apiId);
}
