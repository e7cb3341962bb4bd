import { nameOf, ofType, type Property } from "./recording.ts";

/**
 * In production, whatever a route calls keeps its version until a release moves it: some callers first, and back
 * when an alarm rings.
 */
export const newVersionsGetTheirCallersLittleByLittle: Property = (stage) => {
  if (stage.app.stage !== "production") return [];
  const groups = ofType(stage, "aws:codedeploy/deploymentGroup:DeploymentGroup");
  const alarms = ofType(stage, "aws:cloudwatch/metricAlarm:MetricAlarm").map(({ inputs, name }) =>
    String(inputs.name ?? name),
  );
  const called = new Set(
    ofType(stage, "aws:apigatewayv2/integration:Integration")
      .filter(({ inputs }) => inputs.payloadFormatVersion === "2.0")
      .map(({ inputs }) => String(inputs.integrationUri).split(":function:")[1] ?? ""),
  );
  return [...called].flatMap((callee) => {
    const [functionName, alias] = callee.split(":");
    if (alias !== "live") return [`${functionName} is called by no alias.`];
    const group = groups.find(({ inputs }) => inputs.deploymentGroupName === functionName);
    if (!group) return [`${functionName} has no deployment group.`];
    const { deploymentConfigName, alarmConfiguration, autoRollbackConfiguration } = group.inputs;
    const watched: string[] = alarmConfiguration?.enabled ? alarmConfiguration.alarms : [];
    return [
      ...(/Canary|Linear/.test(deploymentConfigName) ? [] : [`${nameOf(group)} moves everybody at once.`]),
      ...(watched.some((name) => alarms.includes(name)) ? [] : [`${nameOf(group)} looks at no alarm.`]),
      ...(autoRollbackConfiguration?.enabled &&
      autoRollbackConfiguration.events.includes("DEPLOYMENT_STOP_ON_ALARM")
        ? []
        : [`${nameOf(group)} does not go back on an alarm.`]),
    ];
  });
};

/** An alias holds on to a version, and only a function that publishes has any. */
export const aliasesHaveVersionsToMoveBetween: Property = (stage) =>
  ofType(stage, "aws:lambda/alias:Alias").flatMap((alias) => {
    const named = ofType(stage, "aws:lambda/function:Function").find(
      ({ inputs }) => inputs.name === alias.inputs.functionName,
    );
    return named?.inputs.publish === true ? [] : [`${nameOf(alias)} is of a function without versions.`];
  });
