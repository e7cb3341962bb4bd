import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: [
      "{packages/*/{src,test,features,reader,scripts,islands,server,worker},infra,scripts,bench}/**/*.test.{ts,tsx}",
    ],
    globalSetup: "vitest.setup.ts",
    // A synthesis changes the process (globals, working directory), and engines are children: a process per file.
    pool: "forks",
    maxWorkers: 2,
    // Many tests start real engines; on a busy machine that takes its time. Nothing is slower because of it.
    testTimeout: 120_000,
    hookTimeout: 120_000,
    server: { deps: { external: [/@pulumi\//, /node_modules/] } },
  },
});
