import { afterEach } from "vitest";
import { type HttpApi, type HttpApiOptions, startHttpApi } from "../src/http-api/http-api.ts";
import type { Payload } from "../src/http-api/payload.ts";

export type Handler = (event: Payload) => unknown;

const started: HttpApi[] = [];
afterEach(async () => {
  await Promise.all(started.splice(0).map((api) => api.stop()));
});

/** An API whose functions are given by route key; the function's ARN is the route key. */
export async function startApi(
  handlers: Record<string, Handler>,
  options: Partial<HttpApiOptions> = {},
  timeoutMs = 30_000,
) {
  const logged: string[] = [];
  const api = await startHttpApi({
    id: "abc1234567",
    name: "Api",
    port: 0,
    cors: undefined,
    // The event passes through JSON, as it does on its way to a real function.
    functions: {
      invoke: async (arn, event) => handlers[arn]?.(JSON.parse(JSON.stringify(event)) as Payload),
    },
    log: (line) => logged.push(line.message),
    ...options,
  });
  started.push(api);
  for (const routeKey of Object.keys(handlers)) {
    api.addIntegration(`i-${routeKey}`, { functionArn: routeKey, timeoutMs });
    api.addRoute({ routeKey, integrationId: `i-${routeKey}`, authorizerId: undefined, scopes: [] });
  }
  return { api, logged };
}

export const echo: Handler = (event) => event;
