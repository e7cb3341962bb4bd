import path from "node:path";
import type { Cloud, FunctionDefinition } from "../cloud.ts";
import type { SiteUrlOf } from "../front-door/resolve-origin.ts";
import { engineVariables } from "../function/variables.ts";
import type { Site } from "../synth.ts";
import { startSite } from "./site.ts";

/** A function that SST makes of a site: the one that renders pages, and the one that resizes images. */
interface SiteFunction {
  readonly definition: FunctionDefinition;
  /** Folder of its bundle below the site's `.open-next`. */
  readonly bundle: string;
}

/**
 * Starts every site of the program, one after the other because a build takes
 * the whole machine, and answers where the site of a function is. The function
 * that resizes images has the site's address too, since Next.js does that itself.
 */
export async function startSites(sites: readonly Site[], cloud: Cloud): Promise<SiteUrlOf> {
  const urls = new Map<string, string>();
  for (const site of sites) {
    const functions = siteFunctions(site, cloud);
    const server = functions.find(({ bundle }) => bundle.startsWith("server-functions"))?.definition;
    if (!server) throw new Error(`The site ${site.name} declares no server function.`);
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
    for (const { definition } of functions) urls.set(definition.name, running.url);
  }
  return (functionName) => urls.get(functionName);
}

/** The functions whose bundles are the placeholder's. */
function siteFunctions(site: Site, cloud: Cloud): SiteFunction[] {
  const bundles = path.join(site.placeholder, ".open-next");
  return cloud.resources.flatMap(({ type, name, inputs }) => {
    const isFunction = type === "aws:lambda/function:Function";
    const build = isFunction ? cloud.builds.get(name.replace(/Function$/, "")) : undefined;
    const definition = cloud.functions.get(inputs.name ?? "");
    if (!build?.bundle || !definition) return [];
    const bundle = path.relative(bundles, path.resolve(cloud.root, build.bundle));
    return bundle.startsWith("..") ? [] : [{ definition, bundle }];
  });
}
