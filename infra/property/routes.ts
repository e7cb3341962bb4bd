import { type Route, routeKey } from "@haru/core/contract";
import { contracts } from "@haru/core/routes";
import type { RecordedResource, Recording } from "@haru/local/synth/recording";
import { allowedTo, leadingKeysOf, nameOf, ofType, type Property, statementsOf } from "./recording.ts";

/** Every route of the contract: its key at the gateway, who may call, and the function that serves it. */
const intended = Object.entries(contracts).flatMap(([noun, contract]) =>
  Object.values<Route>(contract).map((route) => ({
    key: routeKey(route) as string,
    isPublic: route.auth === "public",
    hasLimits: route.limits !== undefined,
    functionName: `Api${noun[0]?.toUpperCase()}${noun.slice(1)}Function`,
  })),
);

/** The routes of the HTTP API. Those of a socket have no contract: a ticket opens it, and nothing is asked through it. */
function routes(stage: Recording): RecordedResource[] {
  const sockets = ofType(stage, "aws:apigatewayv2/api:Api")
    .filter(({ inputs }) => inputs.protocolType === "WEBSOCKET")
    .map(({ name }) => name);
  return ofType(stage, "aws:apigatewayv2/route:Route").filter(
    ({ inputs }) => !sockets.includes(inputs.apiId),
  );
}

export const routesAreThoseOfTheContract: Property = (stage) => {
  const declared = routes(stage).map(({ inputs }) => inputs.routeKey as string);
  const wanted = intended.map(({ key }) => key);
  return [
    ...wanted.filter((key) => !declared.includes(key)).map((key) => `The route ${key} is not declared.`),
    ...declared.filter((key) => !wanted.includes(key)).map((key) => `The route ${key} is in no contract.`),
    ...declared
      .filter((key, index) => declared.indexOf(key) !== index)
      .map((key) => `The route ${key} is declared twice.`),
  ];
};

export const routesHaveTheIntendedAuthorizer: Property = (stage) => {
  const [authorizer, ...others] = ofType(stage, "aws:apigatewayv2/authorizer:Authorizer");
  if (!authorizer || others.length > 0) return ["There is not exactly one authorizer."];
  return routes(stage).flatMap(({ inputs }) => {
    const route = intended.find(({ key }) => key === inputs.routeKey);
    const type = inputs.authorizationType ?? "NONE";
    if (route?.isPublic) return type === "NONE" ? [] : [`${route.key} is public and asks for a token.`];
    return type === "JWT" && inputs.authorizerId ? [] : [`${inputs.routeKey} asks for no token.`];
  });
};

export const tokensAreOfOurPoolAndClient: Property = (stage) => {
  const pools = ofType(stage, "aws:cognito/userPool:UserPool");
  const clients = ofType(stage, "aws:cognito/userPoolClient:UserPoolClient");
  return ofType(stage, "aws:apigatewayv2/authorizer:Authorizer").flatMap((authorizer) => {
    const { issuer, audiences } = authorizer.inputs.jwtConfiguration ?? {};
    const isOurs =
      pools.length === 1 &&
      String(issuer).endsWith(String(clients[0]?.inputs.userPoolId)) &&
      JSON.stringify([...(audiences ?? [])].sort()) ===
        JSON.stringify(clients.map(({ name }) => name).sort());
    return isOurs ? [] : [`${nameOf(authorizer)} takes tokens of another pool or client.`];
  });
};

export const routesReachTheFunctionOfTheirNoun: Property = (stage) => {
  const integrations = ofType(stage, "aws:apigatewayv2/integration:Integration");
  return routes(stage).flatMap(({ inputs, parent }) => {
    const integration = integrations.find((candidate) => candidate.parent === parent);
    const route = intended.find(({ key }) => key === inputs.routeKey);
    return route &&
      integration?.inputs.integrationUri.replace(/:live$/, "").endsWith(`-${route.functionName}`)
      ? []
      : [`${inputs.routeKey} is served by ${integration?.inputs.integrationUri}.`];
  });
};

/** A limit is a count in the table. Where it cannot be written, every request fails. */
export const limitsCanBeCounted: Property = (stage) => {
  const counting = new Set(
    intended.filter(({ hasLimits }) => hasLimits).map(({ functionName }) => functionName),
  );
  return [...counting].flatMap((functionName) => {
    const roleName = functionName.replace(/Function$/, "Role");
    const role = ofType(stage, "aws:iam/role:Role").find(({ name }) => name === roleName);
    const policies: { policy: string }[] = role?.inputs.inlinePolicies ?? [];
    const mayCount = policies
      .flatMap(({ policy }) => statementsOf(policy))
      .some(({ effect, actions }) => effect === "Allow" && actions.includes("dynamodb:UpdateItem"));
    return mayCount ? [] : [`${functionName} has limits and may not count them.`];
  });
};

/** Whoever is let in has the session noted now and then. Where it cannot be written, that request fails. */
export const sessionsCanBeNoted: Property = (stage) => {
  const admitting = new Set(
    intended.filter(({ isPublic }) => !isPublic).map(({ functionName }) => functionName),
  );
  return [...admitting].flatMap((functionName) => {
    const allowed = allowedTo(stage, functionName.replace(/Function$/, ""))
      .filter((statement) => leadingKeysOf(statement)?.includes("$haru#accountId_*"))
      .flatMap(({ actions }) => actions);
    return ["dynamodb:PutItem", "dynamodb:UpdateItem"]
      .filter((action) => !allowed.includes(action))
      .map((action) => `${functionName} lets people in and may not ${action} what notes their sessions.`);
  });
};

export const apisAreThrottledAndLogged: Property = (stage) =>
  ofType(stage, "aws:apigatewayv2/stage:Stage").flatMap((gateway) => {
    const { throttlingRateLimit, throttlingBurstLimit } = gateway.inputs.defaultRouteSettings ?? {};
    return [
      ...(throttlingRateLimit > 0 && throttlingBurstLimit > 0
        ? []
        : [`${nameOf(gateway)} is not throttled.`]),
      ...(gateway.inputs.accessLogSettings?.destinationArn ? [] : [`${nameOf(gateway)} has no access log.`]),
    ];
  });

export const noApiAnswersEveryOrigin: Property = (stage) =>
  ofType(stage, "aws:apigatewayv2/api:Api")
    .filter(({ inputs }) => inputs.corsConfiguration?.allowOrigins?.includes("*"))
    .map((api) => `${nameOf(api)} answers pages of every origin.`);
