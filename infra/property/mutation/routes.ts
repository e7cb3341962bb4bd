import type { RecordedResource } from "@haru/local/synth/recording";
import type * as routes from "../routes.ts";
import { add, type Draft, find, type Mutations } from "./draft.ts";

function routeNamed(draft: Draft, key: string): RecordedResource["inputs"] {
  const route = draft.resources.find(({ inputs }) => inputs.routeKey === key);
  if (!route) throw new Error(`There is no route ${key} to spoil.`);
  return route.inputs;
}

export const routesMutations: Mutations<typeof routes> = {
  routesAreThoseOfTheContract: [
    {
      spoil: (draft) => {
        routeNamed(draft, "GET /posts").routeKey = "$default";
      },
      says: /The route GET \/posts is not declared[\s\S]*\$default is in no contract/,
    },
    {
      spoil: (draft) => {
        routeNamed(draft, "GET /account").routeKey = "GET /posts";
      },
      says: /GET \/posts is declared twice/,
    },
  ],
  routesHaveTheIntendedAuthorizer: [
    {
      spoil: (draft) => {
        routeNamed(draft, "GET /account").authorizationType = "NONE";
      },
      says: /GET \/account asks for no token/,
    },
    {
      spoil: (draft) => {
        routeNamed(draft, "GET /posts").authorizationType = "JWT";
      },
      says: /GET \/posts is public and asks for a token/,
    },
    {
      spoil: (draft) => add(draft, "aws:apigatewayv2/authorizer:Authorizer", "Second", {}),
      says: /not exactly one/,
    },
  ],
  tokensAreOfOurPoolAndClient: [
    {
      spoil: (draft) => {
        find(draft, "ApiAuthorizerTokenAuthorizer").jwtConfiguration.audiences = ["another"];
      },
      says: /takes tokens of another/,
    },
  ],
  routesReachTheFunctionOfTheirNoun: [
    {
      spoil: (draft) => {
        for (const { inputs } of draft.resources) {
          if (inputs.integrationUri)
            inputs.integrationUri = inputs.integrationUri.replace("ApiAccount", "ApiPost");
        }
      },
      says: /GET \/account is served by .*ApiPostFunction/,
    },
  ],
  limitsCanBeCounted: [
    {
      spoil: (draft) => {
        find(draft, "ApiSearchRole").inlinePolicies = [];
      },
      says: /ApiSearchFunction has limits and may not count them/,
    },
  ],
  sessionsCanBeNoted: [
    {
      spoil: (draft) => {
        for (const inline of find(draft, "ApiSearchRole").inlinePolicies)
          inline.policy = inline.policy.replaceAll("dynamodb:PutItem", "dynamodb:GetItem");
      },
      says: /ApiSearchFunction lets people in and may not dynamodb:PutItem/,
    },
  ],
  apisAreThrottledAndLogged: [
    {
      spoil: (draft) => {
        find(draft, "ApiStage").defaultRouteSettings = { throttlingRateLimit: 100 };
      },
      says: /"ApiStage" is not throttled/,
    },
    {
      spoil: (draft) => {
        delete find(draft, "ApiStage").accessLogSettings;
      },
      says: /"ApiStage" has no access log/,
    },
  ],
  noApiAnswersEveryOrigin: [
    {
      spoil: (draft) => {
        find(draft, "ApiApi").corsConfiguration = { allowOrigins: ["*"] };
      },
      says: /"ApiApi" answers pages of every origin/,
    },
  ],
};
