import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["src/**/*.test.ts", "test/**/*.test.ts"],
    // Real engines are started, whole clouds too: on a busy machine they need their time.
    testTimeout: 180_000,
    hookTimeout: 180_000,
    pool: "forks",
  },
});
