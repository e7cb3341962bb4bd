import type * as edge from "../edge.ts";
import { find, type Mutations } from "./draft.ts";

const distribution = "RouterCdnDistribution";
const policy = "RouterServerCachePolicy";

export const edgeMutations: Mutations<typeof edge> = {
  errorsAreNotKeptAtTheEdge: [
    {
      spoil: (draft) => {
        delete find(draft, distribution).customErrorResponses;
      },
      says: /keeps answers with 404/,
    },
    {
      spoil: (draft) => {
        find(draft, distribution).customErrorResponses[1].errorCachingMinTtl = 10;
      },
      says: /keeps answers with 403/,
    },
  ],
  nothingStaysAtTheEdgeForMoreThanADay: [
    {
      spoil: (draft) => {
        find(draft, policy).maxTtl = 31_536_000;
      },
      says: /for longer than a day/,
    },
    {
      spoil: (draft) => {
        find(draft, policy).minTtl = 1;
      },
      says: /those that must not be kept/,
    },
  ],
  theEdgeKeepsOnePageForAll: [
    {
      spoil: (draft) => {
        find(draft, policy).parametersInCacheKeyAndForwardedToOrigin.cookiesConfig.cookieBehavior = "all";
      },
      says: /a page for each person/,
    },
    {
      spoil: (draft) => {
        find(draft, policy).parametersInCacheKeyAndForwardedToOrigin.headersConfig.headers.items.push(
          "Authorization",
        );
      },
      says: /a page for each person/,
    },
  ],
};
