/// <reference path="../../../../.sst/platform/config.d.ts" />

/** A program for the tests of the synthesis. Its stage says which mistake it makes. */
export default $config({
  app(input) {
    return {
      name: "program",
      home: "aws",
      removal: input.stage === "kept" ? "retain" : "remove",
      protect: input.stage === "kept",
    };
  },
  async run() {
    if ($app.stage === "throwing") throw new Error("the program gave up");
    if ($app.stage === "waiting") await new Promise(() => {});
    if ($app.stage === "circular") {
      $transform(aws.dynamodb.Table, (args) => {
        args.name = $output("x").apply(() => args.name as string);
      });
    }
    const { table } = await import("./infra/storage.ts");
    if ($app.stage === "twice") new sst.aws.Bucket("Table");
    if ($app.stage === "reading") aws.s3.Bucket.get("Old", "a-bucket-of-last-year");
    const secret = new sst.Secret("Salt");
    const given = new sst.Secret("Given");
    const name = {
      "without-file": "src/missing.handler",
      "without-export": "src/handler.missing",
    }[$app.stage];
    const api = new sst.aws.ApiGatewayV2("Api");
    api.route("GET /things", {
      handler: name ?? "src/handler.handler",
      link: [table, secret, given],
      environment: { PLAIN: "seen", SECRET: given.value },
    });
    const router = new sst.aws.Router("Router");
    router.route("/api", api.url);
    new sst.aws.Nextjs("Site", {
      path: "site",
      openNextVersion: "4.1.12",
      router: { instance: router },
      link: [table],
    });
    return { url: router.url, table: table.name };
  },
});
