import { router } from "./router.ts";
import { logRetention } from "./stage.ts";
import { table, tableItems } from "./storage.ts";

/** Tells browsers that something changed; what it is they ask the API. */
export const socket = new sst.aws.ApiGatewayWebSocket("Socket", {
  accessLog: { retention: logRetention },
  transform: {
    stage: (args) => {
      args.defaultRouteSettings = { throttlingBurstLimit: 200, throttlingRateLimit: 100 };
    },
  },
});

const handler = new sst.aws.Function("SocketHandler", {
  handler: "packages/functions/src/events/socket.handler",
  link: [table],
  permissions: [tableItems("realtime")],
});
for (const route of ["$connect", "$disconnect", "$default"]) socket.route(route, handler.arn);

/** What a function needs to send through sockets. */
export const socketSending = {
  actions: ["execute-api:ManageConnections"],
  resources: [$interpolate`${socket.nodes.api.executionArn}/$default/POST/@connections/*`],
};

// On the site's own origin, so that pages may open it without another address in their policy.
router.route("/socket", socket.managementEndpoint, {
  rewrite: { regex: "^/socket$", to: "/$default" },
});
