/// <reference path="./.sst/platform/config.d.ts" />

export default $config({
  app(input) {
    const isProduction = input.stage === "production";
    return {
      name: "haru",
      home: "aws",
      removal: isProduction ? "retain" : "remove",
      protect: isProduction,
      providers: { aws: { region: "us-east-1" } },
    };
  },
  async run() {
    await import("./infra/defaults.ts");
    const { alarmTopic } = await import("./infra/alarms.ts");
    const { api } = await import("./infra/api.ts");
    const { mobile } = await import("./infra/auth.ts");
    const { router } = await import("./infra/router.ts");
    await import("./infra/web.ts");
    await import("./infra/realtime.ts");
    await import("./infra/events.ts");
    await import("./infra/notices.ts");
    await import("./infra/reminders.ts");
    await import("./infra/cards.ts");
    await import("./infra/search.ts");
    await import("./infra/schedules.ts");
    await import("./infra/observability.ts");
    await import("./infra/releases.ts");
    return {
      site: router.url,
      api: api.url,
      ...(mobile ? { mobile } : {}),
      ...(alarmTopic ? { alarms: alarmTopic.arn } : {}),
    };
  },
});
