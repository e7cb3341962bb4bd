/// <reference path="./.sst/platform/config.d.ts" />

/** A router with one route of each kind, for the tests of the front door. */
export default $config({
  app: () => ({ name: "routes", home: "aws", removal: "remove" }),
  async run() {
    const files = new sst.aws.Bucket("Files", { access: "cloudfront" });
    const closed = new sst.aws.Bucket("Closed");
    const hello = new sst.aws.Function("Hello", { handler: "src/hello.handler", url: true });
    const api = new sst.aws.ApiGatewayV2("Api");
    api.route("ANY /{proxy+}", hello.arn);

    const router = new sst.aws.Router("Router", {
      edge: {
        viewerRequest: {
          injection: `if (event.request.uri === "/old") return {
            statusCode: 301,
            headers: { location: { value: "/new" } },
            cookies: { seen: { value: "1", attributes: "Path=/" } },
            body: "moved",
          };
          if (event.request.uri === "/broken") throw new Error("the edge is broken");`,
        },
        viewerResponse: {
          injection: `event.response.headers["x-content-type-options"] = { value: "nosniff" };`,
        },
      },
    });
    router.routeBucket("/files", files, { rewrite: { regex: "^/files/(.*)$", to: "/$1" } });
    router.routeBucket("/closed", closed);
    router.route("/api", api.url, { rewrite: { regex: "^/api/(.*)$", to: "/$1" } });
    router.route("/hello", hello.url);
    router.route("/gone", "http://127.0.0.1:1", { connectionAttempts: 1 });
    router.route("/silent", process.env.SILENT_URL ?? "", { readTimeout: "1 second" });
    new sst.aws.Nextjs("Web", { path: "web", openNextVersion: "4.1.12", router: { instance: router } });
    return { url: router.url };
  },
});
