import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { type BareCloud, bareCloud } from "../../test/bare-cloud.ts";
import { commandProviders } from "./command.ts";

let cloud: BareCloud;
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), "command-"));
  cloud = Object.assign(bareCloud({}), {
    frontDoorUrl: "http://127.0.0.1:3000",
    resources: [
      {
        type: "aws:cloudfront/distribution:Distribution",
        state: { domainName: "d-router.cloudfront.localhost" },
      },
    ],
  });
});
afterEach(async () => {
  await cloud.stop();
  rmSync(folder, { recursive: true, force: true });
});

const provider = commandProviders["command:local:Command"];
const run = (inputs: Record<string, unknown>) => cloud.provision(provider, "Build", inputs);

test("a command runs in its folder, and its addresses are those of this machine", async () => {
  const environment = { SITE_URL: "https://d-router.cloudfront.localhost/docs" };
  const { state } = await run({ create: 'echo "$SITE_URL" | tee out', dir: folder, environment });
  expect(state.stdout).toBe("http://127.0.0.1:3000/docs");
  expect(readFileSync(path.join(folder, "out"), "utf8")).toBe("http://127.0.0.1:3000/docs\n");
});

test("a command that fails ends the start with the end of its output", async () => {
  await expect(run({ create: "echo why >&2; exit 4", dir: folder })).rejects.toThrow(
    /"echo why >&2; exit 4" ended with code 4:\nwhy/,
  );
});

test("the build of a Next.js site does not run here, since Next.js serves the site itself", async () => {
  const request = {
    urn: "urn:pulumi:test::app::type::Build",
    type: "command:local:Command",
    name: "WebBuilder",
    parent: "urn:pulumi:test::app::sst:aws:Nextjs::Web",
    inputs: { create: "touch built", dir: folder },
  };
  expect(await provider?.(request, cloud)).toMatchObject({ state: { stdout: "" } });
  expect(() => readFileSync(path.join(folder, "built"))).toThrow();
});
