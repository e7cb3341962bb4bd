/**
 * npm run release -- --stage <stage> [--dry-run]: has the functions of a stage that was just deployed move to
 * their new versions as infra/releases.ts says, all at the same time, and waits for the end. Run again it goes
 * on with what has not moved. Exit 1 when one of them went back.
 */
import {
  ApplicationDoesNotExistException,
  CodeDeployClient,
  CreateDeploymentCommand,
  GetDeploymentCommand,
  paginateListDeploymentGroups,
} from "@aws-sdk/client-codedeploy";
import { GetAliasCommand, LambdaClient, paginateListVersionsByFunction } from "@aws-sdk/client-lambda";
import { readArguments, refuseArguments } from "./arguments.ts";
import { appSpecOf, type ReleaseStep, stepOf } from "./release-step.ts";

const aliasName = "live";
const pollMilliseconds = 15_000;
const ended = ["Succeeded", "Failed", "Stopped"];

const usage = "npm run release -- --stage <stage> [--dry-run]";
const { values, positionals } = readArguments(usage, {
  stage: { type: "string" },
  "dry-run": { type: "boolean", default: false },
});
if (!values.stage || positionals.length > 0) refuseArguments(usage);
const applicationName = `haru-${values.stage}`;
const region = "us-east-1";
const deploy = new CodeDeployClient({ region });
const lambda = new LambdaClient({ region });
const say = (line: string) => process.stdout.write(`${line}\n`);

try {
  await releaseAll(await listFunctions());
} catch (error) {
  // Missing credentials or rights, mostly: AWS's own sentence says which.
  process.stderr.write(`${(error as Error).message}\n`);
  process.exitCode = 1;
}

async function releaseAll(functionNames: readonly string[] | undefined): Promise<void> {
  if (!functionNames) {
    say(`New code of the stage ${values.stage} answers at once: there is nothing to release.`);
    return;
  }
  const steps = (await Promise.all(functionNames.map(readStep))).filter((step) => step !== undefined);
  for (const { functionName, from, to } of steps) say(`${functionName}: version ${from} → ${to}`);
  say(`${steps.length} of ${functionNames.length} functions have a version that waits.`);
  if (values["dry-run"]) return;
  const outcomes = await Promise.all(steps.map(release));
  process.exitCode = outcomes.every((outcome) => outcome === "Succeeded") ? 0 : 1;
}

/** The names of the deployment groups, each that of its function; undefined when the stage has none. */
async function listFunctions(): Promise<string[] | undefined> {
  const names: string[] = [];
  try {
    for await (const { deploymentGroups } of paginateListDeploymentGroups(
      { client: deploy },
      { applicationName },
    ))
      names.push(...(deploymentGroups ?? []));
  } catch (error) {
    if (error instanceof ApplicationDoesNotExistException) return undefined;
    throw error;
  }
  return names;
}

async function readStep(FunctionName: string): Promise<ReleaseStep | undefined> {
  const { FunctionVersion = "" } = await lambda.send(new GetAliasCommand({ FunctionName, Name: aliasName }));
  const versions: string[] = [];
  for await (const { Versions } of paginateListVersionsByFunction({ client: lambda }, { FunctionName }))
    versions.push(...(Versions ?? []).flatMap(({ Version }) => Version ?? []));
  return stepOf(FunctionName, FunctionVersion, versions);
}

async function release(step: ReleaseStep): Promise<string> {
  const { deploymentId } = await deploy.send(
    new CreateDeploymentCommand({
      applicationName,
      deploymentGroupName: step.functionName,
      revision: { revisionType: "AppSpecContent", appSpecContent: { content: appSpecOf(step, aliasName) } },
    }),
  );
  for (let shown = ""; ; await new Promise((resolve) => setTimeout(resolve, pollMilliseconds))) {
    const { deploymentInfo } = await deploy.send(new GetDeploymentCommand({ deploymentId }));
    const { status = "", errorInformation } = deploymentInfo ?? {};
    if (status !== shown)
      say(`${step.functionName}: ${status}${errorInformation ? `, ${errorInformation.message}` : ""}`);
    shown = status;
    if (ended.includes(status)) return status;
  }
}
