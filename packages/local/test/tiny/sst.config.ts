/// <reference path="./.sst/platform/config.d.ts" />

/** A small app with one of each thing. It exists to prove that the local cloud runs any SST app. */
export default $config({
  app: () => ({ name: "tiny", home: "aws", removal: "remove" }),
  async run() {
    const { notes, uploads, jobs, dead } = await import("./infra/data.ts");
    const { api, people, web } = await import("./infra/api.ts");

    new sst.aws.CronV2("Tick", {
      schedule: "cron(* * * * ? *)",
      function: { handler: "src/tick.handler", link: [notes] },
    });

    const router = new sst.aws.Router("Router");
    router.route("/api", api.url, { rewrite: { regex: "^/api/(.*)$", to: "/$1" } });

    if (process.env.TINY_UNKNOWN) await import("./infra/unknown.ts");

    return {
      url: router.url,
      api: api.url,
      notes: notes.name,
      uploads: uploads.name,
      jobs: jobs.url,
      dead: dead.url,
      people: people.id,
      web: web.id,
    };
  },
});
