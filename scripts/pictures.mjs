import { spawnSync } from "node:child_process";
import { build } from "./prepare.mjs";

// `npm run pictures`: takes the pictures of the main screens anew (e2e/pictures), with which `npm test` compares them.
await build();
const chromium = spawnSync(process.execPath, ["--import", "tsx", "scripts/chromium.ts"], {
  stdio: ["ignore", "pipe", "inherit"],
  encoding: "utf8",
});
if (chromium.status !== 0) process.exit(1);
const { status } = spawnSync(
  process.execPath,
  ["node_modules/@playwright/test/cli.js", "test", "--project=pictures", "--update-snapshots=changed"],
  { stdio: "inherit", env: { ...process.env, CHROMIUM_PATH: chromium.stdout.trim(), PICTURES_RENEW: "yes" } },
);
process.exit(status ?? 1);
