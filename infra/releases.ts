import { liveFunctions } from "./live.ts";
import { apiIsSlow, functionsFail } from "./observability.ts";
import { isProduction } from "./stage.ts";

/**
 * How new versions of functions get their callers in production: a tenth of them for a quarter of an hour, then
 * all, and back to the version before when one of the alarms rings. `npm run release` sets it off.
 */
const shift = "CodeDeployDefault.LambdaCanary10Percent15Minutes";

if (isProduction) {
  const application = new aws.codedeploy.Application("Releases", {
    name: `${$app.name}-${$app.stage}`,
    computePlatform: "Lambda",
  });
  const role = new aws.iam.Role("ReleasesRole", {
    assumeRolePolicy: $jsonStringify({
      Version: "2012-10-17",
      Statement: [
        { Effect: "Allow", Action: "sts:AssumeRole", Principal: { Service: "codedeploy.amazonaws.com" } },
      ],
    }),
    // It may move aliases and look at alarms, and has no access to any code.
    managedPolicyArns: ["arn:aws:iam::aws:policy/service-role/AWSCodeDeployRoleForLambdaLimited"],
  });
  const alarms = [apiIsSlow, functionsFail].flatMap((one) => one?.name ?? []);
  for (const { component, functionName } of liveFunctions) {
    new aws.codedeploy.DeploymentGroup(`${component}Releases`, {
      appName: application.name,
      deploymentGroupName: functionName,
      serviceRoleArn: role.arn,
      deploymentConfigName: shift,
      deploymentStyle: { deploymentOption: "WITH_TRAFFIC_CONTROL", deploymentType: "BLUE_GREEN" },
      alarmConfiguration: { enabled: true, alarms },
      autoRollbackConfiguration: {
        enabled: true,
        events: ["DEPLOYMENT_FAILURE", "DEPLOYMENT_STOP_ON_ALARM", "DEPLOYMENT_STOP_ON_REQUEST"],
      },
    });
  }
}
