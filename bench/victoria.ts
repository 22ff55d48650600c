import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { freePort } from "@/lib/platform/free-port";
import { generated } from "./analytics-data";
import type { OwnPostgres } from "./own-postgres";

const program = "/usr/bin/victoria-metrics";
const metrics = Object.keys(generated);
const atOnce = 100;

export type Victoria = {
  origin: string;
  version: string;
  samples: number;
  importSeconds: number;
  bytes: number;
  stop: () => void;
};

/** A VictoriaMetrics of the benchmark's own with the minutes of every tenant in it; undefined where it is not installed. */
export async function victoria({ sql }: OwnPostgres): Promise<Victoria | undefined> {
  if (!existsSync(program)) return undefined;
  const folder = mkdtempSync(join(tmpdir(), "tenantry-bench-vm-"));
  const port = await freePort();
  const origin = `http://127.0.0.1:${port}`;
  const flags = [`-storageDataPath=${folder}`, `-httpListenAddr=127.0.0.1:${port}`, "-retentionPeriod=3"];
  const child = spawn(program, [...flags, "-loggerLevel=ERROR", "-search.latencyOffset=0s"], { stdio: "ignore" });
  await answers(origin);
  const started = performance.now();
  const samples = await fill(sql, origin);
  await fetch(`${origin}/internal/force_flush`);
  const importSeconds = (performance.now() - started) / 1000;
  // Merged to what it keeps in the long run: that is what it is known for.
  await fetch(`${origin}/internal/force_merge`);
  const bytes = await settled(folder);
  return { origin, version: packagedVersion(), samples, importSeconds, bytes, stop: () => end(child, folder) };
}

async function answers(origin: string): Promise<void> {
  for (let waited = 0; waited < 100; waited++) {
    if ((await fetch(`${origin}/health`).catch(() => undefined))?.ok) return;
    await delay(100);
  }
  throw new Error("VictoriaMetrics did not answer within ten seconds.");
}

/** Debian builds it without its version in it: the package knows. */
function packagedVersion(): string {
  const { status, stdout } = spawnSync("dpkg", ["--status", "victoria-metrics"], { encoding: "utf8" });
  return (status === 0 && /^Version: (\S+)/m.exec(stdout)?.[1]) || "unknown";
}

async function fill(sql: OwnPostgres["sql"], origin: string): Promise<number> {
  const { rows } = await sql("SELECT id FROM bench_tenants ORDER BY id");
  const lines = metrics.map((name) => `(${`'${name}'`}, ${name}_last)`).join(", ");
  let samples = 0;
  let sent: Promise<Response> | undefined;
  for (let first = 0; first < rows.length; first += atOnce) {
    const ids = rows.slice(first, first + atOnce).map(({ id }) => id);
    const found = await sql(
      `SELECT json_build_object('metric', json_build_object('__name__', 'usage', 'tenant', tenant_id, 'metric', metric),
                'values', json_agg(value ORDER BY at), 'timestamps', json_agg((extract(epoch FROM at) * 1000)::bigint ORDER BY at))::text AS line,
              count(*)::int AS samples
         FROM tenant_usage_minutes CROSS JOIN LATERAL (VALUES ${lines}) AS v (metric, value)
        WHERE tenant_id = ANY($1) GROUP BY tenant_id, metric`,
      [ids],
    );
    const body = found.rows.map(({ line }) => line).join("\n");
    // It takes in while PostgreSQL gives out the next.
    await taken(sent);
    sent = fetch(`${origin}/api/v1/import`, { method: "POST", body });
    samples += found.rows.reduce((sum, row) => sum + row.samples, 0);
  }
  await taken(sent);
  return samples;
}

async function taken(sent: Promise<Response> | undefined): Promise<void> {
  const answer = await sent;
  if (answer && !answer.ok) throw new Error(`VictoriaMetrics refused the import: ${answer.status}`);
}

/** The bytes on disk once they have not changed for a while. */
async function settled(folder: string): Promise<number> {
  let before = -1;
  for (let looks = 0; looks < 60; looks++) {
    const now = sizeOf(folder);
    if (now === before) return now;
    before = now;
    await delay(3000);
  }
  return before;
}

function sizeOf(folder: string): number {
  let sum = 0;
  for (const entry of readdirSync(folder, { withFileTypes: true, recursive: true })) {
    if (!entry.isFile()) continue;
    sum += statSync(join(entry.parentPath, entry.name), { throwIfNoEntry: false })?.size ?? 0;
  }
  return sum;
}

function end(child: ChildProcess, folder: string): void {
  child.once("exit", () => rmSync(folder, { recursive: true, force: true }));
  child.kill("SIGTERM");
}
