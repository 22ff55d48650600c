import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { journeysNotPassed, unitsNotPassed } from "./not-passed.mjs";
import { build, checkNode, install } from "./prepare.mjs";

// `npm test`: everything that must hold, from types to journeys in a real browser. Ends with what did not pass, by name,
// and "N passed, N failed".
checkNode();
await install();
const results = join(".tenantry", "test-results");
rmSync(results, { recursive: true, force: true });
mkdirSync(results, { recursive: true });

const count = { passed: 0, failed: 0 };
const notPassed = [];
const node = process.execPath;
const started = Date.now();

check("types", node, ["node_modules/typescript/bin/tsc6", "--noEmit"]);
check("lint and format", node, ["node_modules/@biomejs/biome/bin/biome", "check", "."]);
check("rooms and their arrows", node, [
  "node_modules/dependency-cruiser/bin/dependency-cruise.mjs",
  ...["--config", ".dependency-cruiser.cjs", "app", "components", "client", "lib", "sample", "proxy.ts"],
]);
check("nothing unused", node, ["node_modules/knip/bin/knip.js"]);

stage("unit and integration");
const redis = ask("scripts/redis-server.ts");
const pgbouncer = ask("scripts/pgbouncer.ts");
if (!redis) fail("failed: no Redis server for the tests");
if (!pgbouncer) fail("failed: no PgBouncer for the tests");
for (const shell of ["zsh", "fish"]) if (!ask("scripts/shell.ts", shell)) fail(`failed: no ${shell} for the tests`);
for (const program of ["pdftotext", "pdfinfo", "pdffonts", "pdftoppm"])
  if (!ask("scripts/poppler.ts", program)) fail(`failed: no ${program} for the tests`);
const unit = join(results, "unit.json");
const reporters = ["--reporter=default", "--reporter=./scripts/report-units.mjs", `--outputFile.json=${unit}`];
const unitStatus = run(node, ["node_modules/vitest/vitest.mjs", "run", ...reporters], {
  ...(redis ? { REDIS_SERVER: redis } : {}),
  ...(pgbouncer ? { PGBOUNCER: pgbouncer } : {}),
});
tally("unit and integration", unitStatus, unit, (report) => ({
  passed: report.numPassedTests,
  others: unitsNotPassed(report),
}));

stage("end to end, in a real browser, with the production build");
await build();
const browser = ask("scripts/chromium.ts");
if (browser) {
  const journeys = join(results, "journeys.json");
  const env = { CHROMIUM_PATH: browser, PLAYWRIGHT_JSON_OUTPUT_NAME: journeys };
  const status = run(node, ["node_modules/@playwright/test/cli.js", "test", "--reporter=list,json"], env);
  tally("journeys", status, journeys, (report) => ({
    passed: report.stats.expected,
    others: journeysNotPassed(report),
  }));
} else {
  fail("failed: no Chromium for the journeys");
}

if (notPassed.length > 0) console.log(`\n── did not pass\n${notPassed.join("\n")}`);
console.log(`\nTook ${Math.round((Date.now() - started) / 1000)} s`);
console.log(`${count.passed} passed, ${count.failed} failed`);
process.exit(count.failed === 0 && count.passed > 0 ? 0 : 1);

/** One check that passes or fails as a whole. */
function check(name, program, args) {
  stage(name);
  if (run(program, args) === 0) count.passed++;
  else fail(`failed: ${name}`);
}

/** Counts a failure and keeps its words for the end. */
function fail(words) {
  count.failed++;
  notPassed.push(words);
}

/** What a script found for the tests; undefined when it could not. */
function ask(script, ...args) {
  const { status, stdout } = spawnSync(node, ["--import", "tsx", script, ...args], {
    stdio: ["ignore", "pipe", "inherit"],
    encoding: "utf8",
  });
  return status === 0 ? stdout.trim() : undefined;
}

function stage(name) {
  console.log(`\n── ${name}`);
}

function run(program, args, env = {}) {
  const { status } = spawnSync(program, args, {
    stdio: ["ignore", "inherit", "inherit"],
    env: { ...process.env, ...env },
  });
  return status ?? 1;
}

/** Adds what a runner tells; one that failed without saying which test did counts as one failure. */
function tally(name, status, file, read) {
  const { passed, others } = existsSync(file)
    ? read(JSON.parse(readFileSync(file, "utf8")))
    : { passed: 0, others: [] };
  count.passed += passed;
  for (const words of others) fail(words);
  if (others.length === 0 && (status !== 0 || passed === 0)) {
    fail(`failed: ${name}: the runner ended with ${status} and named no failed test`);
  }
}
