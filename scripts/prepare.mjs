import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";

// What has to be there before anything of ours can run: plain JavaScript, since nothing is installed yet.

/** Stops with a sentence when this Node is too old. */
export function checkNode() {
  const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
  if (major > 20 || (major === 20 && minor >= 19)) return;
  console.error(`Tenantry needs Node 20.19 or newer; this is ${process.versions.node}. See https://nodejs.org`);
  process.exit(1);
}

/** Installs the packages of package-lock.json unless they are there, and makes the database client. */
export async function install() {
  const wanted = fingerprint(["package-lock.json"]);
  const note = "node_modules/.tenantry-installed";
  if (!existsSync(note) || readFileSync(note, "utf8") !== wanted) {
    console.log("tenantry  Installing packages… (a minute or two, only once)");
    await run("npm", ["ci", "--include=dev", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]);
    writeFileSync(note, wanted);
  }
  const client = "lib/platform/generated/.fingerprint";
  const schema = fingerprint(["prisma/schema.prisma", "package-lock.json"]);
  if (!existsSync(client) || readFileSync(client, "utf8") !== schema) {
    await run(process.execPath, ["node_modules/prisma/build/index.js", "generate"], "ignore");
    writeFileSync(client, schema);
  }
}

const signals = ["SIGINT", "SIGTERM", "SIGHUP"];

const sources = [
  "app",
  "components",
  "client",
  "lib",
  "package-lock.json",
  "next.config.ts",
  "proxy.ts",
  "instrumentation.ts",
];

/** Builds the web part unless the build that is there was made from the same sources. */
export async function build() {
  const note = ".next/tenantry-fingerprint";
  const wanted = fingerprint(sources);
  if (existsSync(note) && readFileSync(note, "utf8") === wanted) return;
  console.log("tenantry  Building… (a minute or a few, only after a change)");
  await run(process.execPath, ["node_modules/next/dist/bin/next", "build"], "pipe");
  writeFileSync(note, wanted);
}

/** Makes dist/runtime: the package that a platform's own app installs. */
export async function buildRuntime() {
  await run(process.execPath, ["scripts/build-runtime.mjs"]);
}

/** Runs a program and stops with its output and exit code when it fails. It ends with this process. */
async function run(program, args, stdout = "inherit") {
  const shell = process.platform === "win32" && program === "npm";
  const env = {
    ...process.env,
    NEXT_TELEMETRY_DISABLED: "1",
    NODE_ENV: program === "npm" ? "development" : "production",
  };
  const stdio = ["ignore", stdout, stdout === "pipe" ? "pipe" : "inherit"];
  const child = spawn(program, args, { stdio, shell, env });
  const said = [];
  for (const stream of [child.stdout, child.stderr]) stream?.on("data", (chunk) => said.push(chunk));
  // A signal may come to this process alone, as npm hands it on.
  const stop = (signal) => {
    child.kill(signal);
    process.exit(signal === "SIGINT" ? 130 : 143);
  };
  for (const signal of signals) process.once(signal, stop);
  const { code, error } = await new Promise((resolve) => {
    child.once("error", (cause) => resolve({ error: cause }));
    child.once("close", (status) => resolve({ code: status }));
  });
  for (const signal of signals) process.off(signal, stop);
  if (code === 0) return;
  process.stderr.write(Buffer.concat(said));
  console.error(`tenantry  ${program} ${args[0]} failed${error ? `: ${error.message}` : ""}. Nothing was started.`);
  process.exit(code || 1);
}

/** SHA-256 over the names and contents of files and folders. */
function fingerprint(paths) {
  const hash = createHash("sha256");
  for (const path of paths) addTo(hash, path);
  return hash.digest("hex");
}

function addTo(hash, path) {
  if (!existsSync(path) || path.endsWith("generated") || /\.test\.tsx?$/.test(path)) return;
  if (statSync(path).isDirectory()) for (const name of readdirSync(path).sort()) addTo(hash, join(path, name));
  else hash.update(path).update(readFileSync(path));
}
