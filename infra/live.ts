import { isProduction } from "./stage.ts";

/** Functions whose callers come by an alias, which a release moves (releases.ts). */
export const liveFunctions: { readonly component: string; readonly functionName: $util.Output<string> }[] =
  [];

/** The alias that callers use. */
const aliasName = "live";

/**
 * What callers of a function call: in production its alias, which stays with the version that it has until
 * a release moves it, and elsewhere the newest code. The function has to be versioned there.
 */
export function liveArn(component: string, handler: sst.aws.Function): $util.Output<string> {
  if (!isProduction) return handler.arn;
  const { name: functionName, version: functionVersion } = handler.nodes.function;
  liveFunctions.push({ component, functionName });
  return new aws.lambda.Alias(
    `${component}Live`,
    { name: aliasName, functionName, functionVersion },
    // The version is the newest one only when the alias is made.
    { ignoreChanges: ["functionVersion", "routingConfig"] },
  ).arn;
}
