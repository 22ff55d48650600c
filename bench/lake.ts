import { createWriteStream, mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PassThrough } from "node:stream";
import { pipeline } from "node:stream/promises";
import pg from "pg";
import { to } from "pg-copy-streams";
import { ensureSpans, keptTables } from "@/lib/history/spans";
import { after, dayMs } from "@/lib/history/watermarks";
import { metricNames } from "@/lib/kernel/metrics";
import { copySql } from "@/lib/lake/copied-rows";
import { keepLake } from "@/lib/lake/keep-lake";
import { controlDb } from "@/lib/platform/prisma";
import { makeDay } from "./lake-day";
import { machine, option, round } from "./measuring";
import { ownPostgres } from "./own-postgres";

/** A day of minutes of a fleet to Parquet by the worker's own door, against PostgreSQL's COPY of the same rows to CSV. */
const tenants = option("tenants", 500);
const day = after(new Date(Math.floor(Date.now() / dayMs) * dayMs), -dayMs);
const own = await ownPostgres();
const folder = mkdtempSync(join(tmpdir(), "tenantry-lake-"));
try {
  console.log(`lake: a day of ${tenants} tenants × 1,440 minutes; ${machine()}`);
  await ensureSpans(controlDb(), keptTables, day, after(day, dayMs));
  await makeDay(own, day, tenants);
  const before = process.memoryUsage().rss;
  let most = before;
  const watch = setInterval(() => {
    most = Math.max(most, process.memoryUsage().rss);
  }, 20);
  const cpu = process.cpuUsage();
  const started = performance.now();
  await keepLake({ folder, level: "minute" }, () => new Date(), new AbortController().signal);
  const tookMs = performance.now() - started;
  const { user, system } = process.cpuUsage(cpu);
  clearInterval(watch);
  const idle = performance.now();
  await keepLake({ folder, level: "minute" }, () => new Date(), new AbortController().signal);
  const idleMs = performance.now() - idle;
  const [written] = await controlDb().lakeDay.findMany();
  if (!written) throw new Error("nothing was written");
  const rows = Number(written.rows);
  const { rows: sizes } = await own.sql(
    "SELECT sum(pg_total_relation_size(inhrelid))::float8 AS bytes FROM pg_inherits WHERE inhparent = 'tenant_usage_minutes'::regclass",
  );
  const csv = await copied("FORMAT csv, HEADER");
  const plain = await copied("FORMAT text", true);
  const result = {
    rows,
    seconds: round(tookMs / 1000),
    cpuSeconds: round((user + system) / 1e6),
    idleMs: round(idleMs),
    rssGrowthMb: round((most - before) / 2 ** 20),
    bytesPerRow: round(Number(written.bytes) / rows),
    csvBytesPerRow: round(csv.bytes / rows),
    tableBytesPerRow: round(sizes[0].bytes / rows),
    copySeconds: round(plain.ms / 1000),
    ratioToCopy: round(tookMs / plain.ms),
  };
  console.log(
    `written in ${result.seconds} s (${result.cpuSeconds} s of this process's CPU), ${rows} rows, RSS grew by ${result.rssGrowthMb} MB`,
  );
  console.log(`a look when nothing is due: ${result.idleMs} ms`);
  console.log(
    `bytes a row: Parquet ${result.bytesPerRow}, CSV ${result.csvBytesPerRow}, table with its indexes ${result.tableBytesPerRow}`,
  );
  console.log(
    `COPY … TO STDOUT of the same rows, thrown away: ${result.copySeconds} s, so ${result.ratioToCopy} times as long`,
  );
  console.log(JSON.stringify({ bench: "lake", tenants, ...result }));
} finally {
  rmSync(folder, { recursive: true, force: true });
  await controlDb().$disconnect();
  await own.stop();
}

/** The same rows by COPY, to a file or thrown away. */
async function copied(format: string, thrown = false): Promise<{ ms: number; bytes: number }> {
  const client = new pg.Client({ connectionString: own.url("control") });
  await client.connect();
  const span = { from: day.toISOString(), to: after(day, dayMs).toISOString() };
  const sql = copySql("minute", metricNames, span).replace("FORMAT binary", format);
  const file = join(folder, "rows.csv");
  const target = thrown ? new PassThrough().resume() : createWriteStream(file);
  const started = performance.now();
  await pipeline(client.query(to(sql)), target);
  const ms = performance.now() - started;
  await client.end();
  return { ms, bytes: thrown ? 0 : statSync(file).size };
}
