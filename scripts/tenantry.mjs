#!/usr/bin/env node
import { existsSync } from "node:fs";
import { dirname } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { bundledCli } from "./cli-bundle.mjs";
import { checkNode } from "./prepare.mjs";

// `npm run tenantry -- <command>`: what is done on the host itself, beside the running processes.
checkNode();
// What a library will change one day is nothing to tell the person at the terminal.
process.noDeprecation = true;
// npm starts scripts in the package's own folder, and tells from where it was called.
const cwd = process.env.npm_lifecycle_event === "tenantry" ? (process.env.INIT_CWD ?? process.cwd()) : process.cwd();
const root = dirname(dirname(fileURLToPath(import.meta.url)));
process.chdir(root);
if (!existsSync("node_modules/tsx") || !existsSync("lib/platform/generated")) {
  console.error("tenantry: nothing is installed here yet. Run npm start once, then this again.");
  process.exit(1);
}
const { run } = await commandLine();
process.stdout.on("error", (error) => {
  // Who reads what is written may leave at any time (`| head -1`): that is no failure.
  process.exit(error.code === "EPIPE" ? 0 : 1);
});
const code = await run(process.argv.slice(2), { cwd, env: process.env });
// What was interrupted may still hold the process.
if (code === 130) process.exit(code);
process.exitCode = code;

/** The bundle that `npm run build` made, while it is of the present sources; else the sources, translated as they load. */
async function commandLine() {
  const bundle = bundledCli(root);
  if (bundle !== undefined) return await import(pathToFileURL(bundle).href);
  const { register } = await import("tsx/esm/api");
  register();
  return await import("../lib/cli/main.ts");
}
