import { defineConfig } from "vitest/config";

export default defineConfig({
  resolve: { alias: { "@": import.meta.dirname } },
  test: {
    include: ["{lib,sample,client,components,scripts}/**/*.test.{ts,tsx}"],
    setupFiles: ["lib/http/testing-answers.ts"],
    globalSetup: ["lib/platform/testing-server.ts"],
    pool: "forks",
    maxWorkers: 2,
    testTimeout: 30_000,
    hookTimeout: 60_000,
  },
});
