import path from "node:path";
import type { Cloud, FunctionDefinition } from "../cloud.ts";
import type { SiteUrlOf } from "../front-door/resolve-origin.ts";
import { engineVariables } from "../function/variables.ts";
import type { Site } from "../synth.ts";
import { startSite } from "./site.ts";

/**
 * Starts every site of the program, one after the other because a build takes
 * the whole machine, and answers where each server function's site is.
 */
export async function startSites(sites: readonly Site[], cloud: Cloud): Promise<SiteUrlOf> {
  const urls = new Map<string, string>();
  for (const site of sites) {
    const server = serverFunction(site, cloud);
    const running = await startSite({
      site,
      server,
      root: cloud.root,
      dataFolder: cloud.dataFolder,
      port: await cloud.port(`site ${site.name}`),
      watch: cloud.watch,
      engineVariables: engineVariables(cloud.endpoints),
      log: cloud.log,
      onGone: cloud.fail,
    });
    cloud.onStop(() => running.stop());
    urls.set(server.name, running.url);
  }
  return (functionName) => urls.get(functionName);
}

/** The function that would serve the site on AWS: its bundle is the placeholder's. */
function serverFunction(site: Site, cloud: Cloud): FunctionDefinition {
  const bundles = path.join(site.placeholder, ".open-next/server-functions");
  const build = [...cloud.builds.values()].find(
    ({ bundle }) => bundle && path.resolve(cloud.root, bundle).startsWith(bundles),
  );
  const resource = cloud.resources.find(
    ({ type, name }) => type === "aws:lambda/function:Function" && name === `${build?.functionId}Function`,
  );
  const server = resource && cloud.functions.get(resource.inputs.name);
  if (!server) throw new Error(`The site ${site.name} declares no server function.`);
  return server;
}
