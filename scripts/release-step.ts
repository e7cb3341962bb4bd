/** What CodeDeploy is told of one function: from which version to which an alias moves. */
export interface ReleaseStep {
  readonly functionName: string;
  readonly from: string;
  readonly to: string;
}

/**
 * The step that a function waits for, if its alias is not at the newest version yet.
 * @param versions as Lambda lists them, `$LATEST` among them
 */
export function stepOf(
  functionName: string,
  current: string,
  versions: readonly string[],
): ReleaseStep | undefined {
  const newest = Math.max(...versions.filter((version) => /^\d+$/.test(version)).map(Number));
  return newest > Number(current) ? { functionName, from: current, to: String(newest) } : undefined;
}

/** The AppSpec file of a step, as "AppSpec file example for an AWS Lambda deployment" has it. */
export function appSpecOf({ functionName, from, to }: ReleaseStep, alias: string): string {
  return JSON.stringify({
    version: 0.0,
    Resources: [
      {
        [functionName]: {
          Type: "AWS::Lambda::Function",
          Properties: { Name: functionName, Alias: alias, CurrentVersion: from, TargetVersion: to },
        },
      },
    ],
  });
}
