#!/usr/bin/env node
import { existsSync } from "node:fs";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { checkNode } from "./prepare.mjs";

// `npm run tenantry -- <command>`: what is done on the host itself, beside the running processes.
checkNode();
process.chdir(dirname(dirname(fileURLToPath(import.meta.url))));
if (!existsSync("node_modules/tsx") || !existsSync("lib/platform/generated")) {
  console.error("tenantry: nothing is installed here yet. Run npm start once, then this again.");
  process.exit(1);
}
const { register } = await import("tsx/esm/api");
register();
const { run } = await import("../lib/cli/main.ts");
process.exitCode = await run(process.argv.slice(2));
