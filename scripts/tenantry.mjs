#!/usr/bin/env node
import { existsSync } from "node:fs";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { checkNode } from "./prepare.mjs";

// `npm run tenantry -- <command>`: what is done on the host itself, beside the running processes.
checkNode();
// What a library will change one day is nothing to tell the person at the terminal.
process.noDeprecation = true;
// npm starts scripts in the package's own folder, and tells from where it was called.
const cwd = process.env.npm_lifecycle_event === "tenantry" ? (process.env.INIT_CWD ?? process.cwd()) : process.cwd();
process.chdir(dirname(dirname(fileURLToPath(import.meta.url))));
if (!existsSync("node_modules/tsx") || !existsSync("lib/platform/generated")) {
  console.error("tenantry: nothing is installed here yet. Run npm start once, then this again.");
  process.exit(1);
}
const { register } = await import("tsx/esm/api");
register();
const { run } = await import("../lib/cli/main.ts");
process.stdout.on("error", (error) => {
  // Who reads what is written may leave at any time (`| head -1`): that is no failure.
  process.exit(error.code === "EPIPE" ? 0 : 1);
});
const code = await run(process.argv.slice(2), { cwd, env: process.env });
// What was interrupted may still hold the process.
if (code === 130) process.exit(code);
process.exitCode = code;
