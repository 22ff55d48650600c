import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";

/** `npm run bench -- <name>`: runs one benchmark; without a known name it lists them. */
const benches = {
  api: "ten common calls of the REST API with 50 clients, against a bare HTTP server that runs the same SQL",
  analytics: "10,000 tenants with 20 million raw rows: every analytics endpoint over HTTP, against VictoriaMetrics",
  bulk: "one migration over 500 real tenant databases, against a bare loop, and with the worker killed ten times",
  charts: "8 series of 10,000 points each in a real Chromium: how long hovering, zooming, panning and toggling take",
  collector: "one collection round over 500 real tenant databases, against simpler ways to do it",
  console:
    "the console's pages: sizes, time to paint and to answer with 1,000 tenants and 100,000 rows (--quick: sizes)",
  fire: "64 clients over 200 real tenant databases for a minute while everything goes wrong: no wrong row",
  forecast: "forecasts, anomalies and neighbours on generated and real series: errors, coverage, false alarms",
  lake: "a day of 500 tenants to Parquet: time, memory and bytes a row, against COPY and CSV",
  live: "time from a sample to the browser's message event with 200 live streams",
  reports: "a million rows of usage to CSV over HTTP: first byte, memory and rows a second, against COPY; and PDF",
  runtime: "the tenant runtime over 1,000 real tenant databases, against one fixed pool and against PgBouncer",
} as const;

const name = process.argv[2] ?? "";
const file = join(import.meta.dirname, `${name}.ts`);
if (!Object.hasOwn(benches, name) || !existsSync(file)) {
  console.error("Choose a benchmark: npm run bench -- <name>\n");
  for (const [known, what] of Object.entries(benches)) console.error(`  ${known.padEnd(12)}${what}`);
  process.exit(2);
}
const bench = spawn(process.execPath, ["--import", "tsx", file, ...process.argv.slice(3)], { stdio: "inherit" });
bench.on("exit", (code) => process.exit(code ?? 1));
