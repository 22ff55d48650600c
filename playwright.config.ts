import { defineConfig, devices } from "@playwright/test";

const quiet = [
  "--disable-gpu",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--no-first-run",
  // Letters are drawn alike whatever a system's settings say about them.
  "--font-render-hinting=none",
];
const executablePath = process.env.CHROMIUM_PATH;

export default defineConfig({
  testDir: "e2e",
  outputDir: ".tenantry/test-results/journeys",
  globalSetup: "./e2e/product.ts",
  workers: 1,
  timeout: 90_000,
  expect: {
    timeout: 15_000,
    // Letters may be drawn a shade otherwise; a button that moved or another colour is more than that.
    toHaveScreenshot: { threshold: 0.1, maxDiffPixels: 40, pathTemplate: "e2e/pictures/{arg}{ext}" },
  },
  use: {
    ...devices["Desktop Chrome"],
    locale: "en-GB",
    timezoneId: "Europe/Vienna",
    screenshot: "only-on-failure",
    trace: "retain-on-failure",
    launchOptions: {
      args: process.getuid?.() === 0 ? ["--no-sandbox", ...quiet] : quiet,
      ...(executablePath && { executablePath }),
    },
  },
  projects: [
    { name: "first owner", testMatch: /first-owner\.spec\.ts/ },
    { name: "journeys", testIgnore: /(first-owner|supervisor|pictures)\.spec\.ts/, dependencies: ["first owner"] },
    { name: "pictures", testMatch: /pictures\.spec\.ts/ },
    { name: "supervisor", testMatch: /supervisor\.spec\.ts/, dependencies: ["journeys"] },
  ],
});
