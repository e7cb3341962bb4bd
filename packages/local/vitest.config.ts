import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["src/**/*.test.ts", "test/**/*.test.ts"],
    // Real engines are started: a cold JVM on a busy machine needs its time.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    pool: "forks",
  },
});
