import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Cloud, Endpoints, Provider } from "../src/cloud.ts";
import type { Provisioned } from "../src/resource.ts";

export interface BareCloud extends Cloud {
  /** Calls one provider as the synthesis does. */
  provision(
    provider: Provider | undefined,
    name: string,
    inputs: Record<string, unknown>,
  ): Promise<Provisioned>;
  stop(): Promise<void>;
}

/** A cloud of nothing but the given engines, for the tests of single providers. Other parts throw when used. */
export function bareCloud(endpoints: Partial<Endpoints>): BareCloud {
  const dataFolder = mkdtempSync(path.join(tmpdir(), "bare-cloud-"));
  const stops: (() => Promise<void> | void)[] = [() => rmSync(dataFolder, { recursive: true, force: true })];
  const parts = {
    root: dataFolder,
    dataFolder,
    stage: "test",
    watch: false,
    production: false,
    endpoints: endpoints as Endpoints,
    resources: [],
    builds: new Map(),
    log: () => {},
    onStop: (task: () => Promise<void> | void) => void stops.push(task),
    fail(reason: Error) {
      throw reason;
    },
    async stop() {
      for (const stop of stops.splice(0).reverse()) await stop();
    },
  };
  const cloud = new Proxy(parts, {
    get(target, property) {
      if (property in target) return target[property as keyof typeof target];
      if (property === "provision") return provision;
      throw new Error(`A bare cloud has no ${String(property)}.`);
    },
  }) as unknown as BareCloud;
  function provision(provider: Provider | undefined, name: string, inputs: Record<string, unknown>) {
    if (!provider) throw new Error(`There is no provider for ${name}.`);
    const urn = `urn:pulumi:test::app::type::${name}`;
    return provider({ urn, type: "type", name, parent: undefined, inputs }, cloud);
  }
  return cloud;
}
