import { defineConfig } from "vitest/config";

const tests = (folders: string) => `${folders}/**/*.test.{ts,tsx}`;

const common = {
  // Engines are children, and a synthesis changes its process: processes, not threads.
  pool: "forks" as const,
  // Many tests start real engines; on a busy machine that takes its time. Nothing is slower because of it.
  testTimeout: 120_000,
  hookTimeout: 120_000,
  server: { deps: { external: [/@pulumi\//, /node_modules/] } },
};

export default defineConfig({
  test: {
    globalSetup: "vitest.setup.ts",
    maxWorkers: 2,
    // None extends this configuration: each would run its setup again.
    projects: [
      {
        test: {
          ...common,
          name: "core and web",
          include: [tests("packages/{core,web}/{src,test,features,reader,scripts,islands,server,worker}")],
          // Their modules keep nothing between files, so that a process may load them once for many.
          isolate: false,
        },
      },
      {
        test: {
          ...common,
          name: "functions and local cloud",
          // Functions read their links once, and a synthesis changes globals: a process for each file.
          include: [tests("packages/{functions,local}/{src,test}"), tests("{infra,scripts,bench}")],
        },
      },
    ],
  },
});
