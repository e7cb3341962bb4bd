import { listRoutes } from "./list-routes.contract.ts";
import { shareRoutes } from "./share.contract.ts";
import { syncRoutes } from "./sync.contract.ts";

/** Everything that the API does with todos. */
export const todoRoutes = { ...syncRoutes, ...listRoutes, ...shareRoutes };
