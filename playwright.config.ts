import { defineConfig, devices } from "@playwright/test";
import { chromiumPath } from "./scripts/chromium.ts";

const executablePath = chromiumPath();

export default defineConfig({
  testDir: "e2e",
  outputDir: "test-results",
  // Every spec has people of its own, so that the order does not matter.
  fullyParallel: true,
  // One more than a small machine has processors: a journey waits for its site as much as it computes.
  workers: 3,
  retries: 0,
  forbidOnly: Boolean(process.env.CI),
  timeout: 180_000,
  expect: { timeout: 30_000 },
  // The JSON goes to the file that PLAYWRIGHT_JSON_OUTPUT_NAME names, and to nobody when there is none.
  reporter: process.env.PLAYWRIGHT_JSON_OUTPUT_NAME ? [["list"], ["json"]] : [["list"]],
  use: {
    // run-journeys.ts starts a local cloud of its own and says where it is.
    baseURL: process.env.LOCAL_CLOUD_URL,
    // A trace costs as much as what it records: `npx playwright test --trace on` makes one of what failed.
    screenshot: "only-on-failure",
    launchOptions: {
      ...(executablePath ? { executablePath } : {}),
      // A container's root has no sandbox; background requests would leave this machine.
      args: [
        ...(process.getuid?.() === 0 ? ["--no-sandbox"] : []),
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        // There is no screen: a software GPU only takes the processor from what is tested.
        "--disable-gpu",
        "--no-first-run",
      ],
    },
  },
  projects: [
    {
      name: "site",
      testIgnore: /(deployed|lighthouse|site-settings)\.spec\.ts/,
      use: { ...devices["Desktop Chrome"], viewport: { width: 1280, height: 900 } },
    },
    {
      // What only the bundle that is deployed does.
      name: "deployed",
      testMatch: /deployed\.spec\.ts/,
      use: { ...devices["Desktop Chrome"], viewport: { width: 1280, height: 900 } },
    },
    {
      // Changes what every page says, so that nobody else may be reading.
      name: "settings",
      testMatch: /site-settings\.spec\.ts/,
      // Of its own, since a run empties its folder and this one follows another.
      outputDir: "test-results/settings",
      use: { ...devices["Desktop Chrome"], viewport: { width: 1280, height: 900 } },
    },
    {
      // Starts browsers of its own, one after the other: what else runs would be measured, too.
      name: "lighthouse",
      testMatch: /lighthouse\.spec\.ts/,
      workers: 1,
    },
  ],
});
