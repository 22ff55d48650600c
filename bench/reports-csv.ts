import { type ChildProcess, fork } from "node:child_process";
import { createReadStream, createWriteStream, mkdtempSync, rmSync } from "node:fs";
import { request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Writable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { parse } from "csv-parse";
import pg from "pg";
import { to } from "pg-copy-streams";
import { ensureSpans, keptTables } from "@/lib/history/spans";
import { after, dayMs } from "@/lib/history/watermarks";
import { metricNames } from "@/lib/kernel/metrics";
import { controlDb } from "@/lib/platform/prisma";
import { makeDay } from "./lake-day";
import { machine, option, round } from "./measuring";
import { ownPostgres } from "./own-postgres";

/**
 * A million rows of usage by the download's own handlers over HTTP, in a process of its own whose memory and event loop
 * are watched, against PostgreSQL's COPY of the same rows. Then the file is read back and compared with the database.
 */
const tenants = option("tenants", 695);
const day = after(new Date(Math.floor(Date.now() / dayMs) * dayMs), -dayMs);
const own = await ownPostgres();
const folder = mkdtempSync(join(tmpdir(), "tenantry-csv-"));
const file = join(folder, "usage.csv");
const server: ChildProcess = fork(join(import.meta.dirname, "reports-csv-server.ts"), {
  execArgv: ["--import", "tsx"],
  env: { ...process.env, NODE_ENV: "production" },
});
const listening = told<number>("listening");
try {
  await ensureSpans(controlDb(), keptTables, day, after(day, dayMs));
  await makeDay(own, day, tenants);
  const { rows: counted } = await own.sql("SELECT count(*)::int AS rows FROM tenant_usage_minutes");
  const rows: number = counted[0].rows;
  console.log(`reports, CSV: ${rows} rows of usage, ${4 + 3 * metricNames.length} columns; ${machine()}`);
  const port = await listening;
  const address = `http://127.0.0.1:${port}/?level=minute&from=${day.toISOString()}&to=${after(day, dayMs).toISOString()}`;
  // What is loaded and compiled once is no part of a download.
  await download(`${address}&columns=at&search=tenant-1`, join(folder, "warm.csv"));
  server.send("watch");
  const { firstMs, tookMs, bytes } = await download(address, file);
  server.send("tell");
  const { rssGrowthMb, loopMs } = await told<{ rssGrowthMb: number; loopMs: number }>("watched");
  const copyMs = await copied();
  const different = await compared();
  const result = {
    rows,
    megabytes: round(bytes / 1e6),
    firstByteMs: round(firstMs),
    seconds: round(tookMs / 1000),
    rowsPerSecond: Math.round(rows / (tookMs / 1000)),
    copySeconds: round(copyMs / 1000),
    ratioToCopy: round(tookMs / copyMs, 2),
    rssGrowthMb,
    longestEventLoopDelayMs: loopMs,
    rowsThatDiffer: different,
  };
  console.log(JSON.stringify(result));
  const met = firstMs < 500 && rssGrowthMb < 100 && different === 0;
  if (!met) process.exitCode = 1;
} finally {
  server.kill();
  await controlDb().$disconnect();
  await own.stop();
  rmSync(folder, { recursive: true, force: true });
}

function told<T>(what: string): Promise<T> {
  return new Promise((done) => {
    server.on("message", (message: { what: string; value: T }) => {
      if (message.what === what) done(message.value);
    });
  });
}

async function download(url: string, into: string): Promise<{ firstMs: number; tookMs: number; bytes: number }> {
  const started = performance.now();
  let firstMs = 0;
  let bytes = 0;
  await new Promise<void>((done, fail) => {
    request(url, (response) => {
      response.on("data", (chunk: Buffer) => {
        firstMs ||= performance.now() - started;
        bytes += chunk.length;
      });
      pipeline(response, createWriteStream(into)).then(done, fail);
    })
      .on("error", fail)
      .end();
  });
  return { firstMs, tookMs: performance.now() - started, bytes };
}

function sameRows(): string {
  const figures = metricNames.flatMap((name) => {
    const column = name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
    return [`u.${column}_sum / nullif(u.${column}_ms, 0)`, `u.${column}_min`, `u.${column}_max`];
  });
  return `SELECT t.slug, t.name, t.id, u.at, ${figures.join(", ")}
            FROM tenants t JOIN tenant_usage_minutes u ON u.tenant_id = t.id
           WHERE u.at >= '${day.toISOString()}' AND u.at < '${after(day, dayMs).toISOString()}' ORDER BY t.slug, u.at`;
}

async function copied(): Promise<number> {
  const client = new pg.Client({ connectionString: own.url("control") });
  await client.connect();
  const started = performance.now();
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });
  await pipeline(client.query(to(`COPY (${sameRows()}) TO STDOUT (FORMAT csv, HEADER)`)), nowhere);
  const tookMs = performance.now() - started;
  await client.end();
  return tookMs;
}

/** How many rows of the file are not the database's at the same place; both are read a batch at a time. */
async function compared(): Promise<number> {
  const client = new pg.Client({ connectionString: own.url("control") });
  await client.connect();
  await client.query(`BEGIN; DECLARE stored NO SCROLL CURSOR FOR ${sameRows()}`);
  const read = createReadStream(file).pipe(parse({ bom: true, from_line: 2, record_delimiter: "\r\n" }));
  let stored: unknown[][] = [];
  let at = 0;
  let different = 0;
  for await (const row of read as AsyncIterable<string[]>) {
    if (at === stored.length) {
      stored = (await client.query<unknown[]>({ text: "FETCH 5000 FROM stored", rowMode: "array" })).rows;
      at = 0;
    }
    const expected = stored[at++] ?? [];
    const same = expected.length === row.length && row.every((field, index) => isSame(field, expected[index]));
    if (!same) different++;
  }
  const left = stored.length - at + (await client.query("FETCH 1 FROM stored")).rows.length;
  await client.end();
  return different + left;
}

function isSame(field: string, value: unknown): boolean {
  if (value === null) return field === "";
  if (value instanceof Date) return field === value.toISOString();
  return typeof value === "number" ? Number(field) === value : field === value;
}
