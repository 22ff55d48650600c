import type pg from "pg";
import { to } from "pg-copy-streams";
import type { Clock } from "@/lib/kernel/clock";
import { columnOf } from "@/lib/kernel/metrics";
import { writeWhole } from "@/lib/platform/whole-file";
import { figures, leading, tenantsSchema, units, usageSchema } from "./columns";
import { copySql, rowsByTenant, type TenantRows } from "./copied-rows";
import { fingerprintsSql, keptSql } from "./days-sql";
import { removeOthers, setting, tenantsFile, usageFile } from "./folder";
import type { Lake, LakeLevel } from "./lake";
import { parquet } from "./parquet";
import { type LakeTenant, readSources, readTenants, type Sources } from "./registry";

/** A day to write (as 2026-11-21), at a level it is kept at. */
export type Day = { day: string; level: LakeLevel };

/** What stands in the folder once a day is written. */
export type Written = Day & { rows: number; tenants: number; bytes: number; fingerprint: string };

/**
 * Writes all files of a day as of one moment, each under its name only when it is whole; null when its rows are gone.
 * Tenant by tenant, so memory does not grow with the fleet. Throws `conflict` with what keeps the folder from being written.
 */
export async function writeDay(
  client: pg.Client,
  lake: Lake,
  { day, level }: Day,
  clock: Clock,
  signal: AbortSignal,
): Promise<Written | null> {
  await client.query(
    `BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY; SET LOCAL jit = off; SET LOCAL work_mem = '32MB';
     SET LOCAL statement_timeout = 0; SET LOCAL idle_in_transaction_session_timeout = '10min'`,
  );
  const found = await client.query<{ kept: boolean; print: string | null }>(
    `SELECT ${keptSql("$1::date", "$2::text")} AS kept,
            (SELECT print FROM (${fingerprintsSql("$1::date", "$1::date")}) AS days) AS print`,
    [day, level],
  );
  const written = found.rows[0]?.kept
    ? {
        day,
        level,
        fingerprint: found.rows[0].print ?? "none",
        ...(await writeFiles(client, lake, { day, level }, clock, signal)),
      }
    : null;
  await client.query("COMMIT");
  return written;
}

async function writeFiles(
  client: pg.Client,
  { folder }: Lake,
  { day, level }: Day,
  clock: Clock,
  signal: AbortSignal,
): Promise<{ rows: number; tenants: number; bytes: number }> {
  const sources = await readSources(client);
  const tenants = await readTenants(client);
  const byId = new Map(tenants.map((tenant) => [tenant.id, tenant]));
  const about = { day, level, written_at: clock().toISOString() };
  const options = { signal, setting };
  const done = new Set<string>();
  const sum = { rows: 0, bytes: 0 };
  for await (const rows of read(client, { day, level }, sources)) {
    const own = { ...about, tenant: rows.tenant, units: JSON.stringify(units) };
    const file = parquet(usageSchema, usageColumns(rows, level, byId.get(rows.tenant), sources), own);
    sum.bytes += await writeWhole(usageFile(folder, day, rows.tenant), one(file), options);
    sum.rows += rows.at.length;
    done.add(rows.tenant);
  }
  sum.bytes += await writeWhole(
    tenantsFile(folder, day),
    one(parquet(tenantsSchema, tenantColumns(tenants), about)),
    options,
  );
  await removeOthers(folder, day, done);
  return { ...sum, tenants: done.size };
}

async function* read(client: pg.Client, { day, level }: Day, { metrics }: Sources): AsyncGenerator<TenantRows> {
  const from = new Date(`${day}T00:00:00Z`);
  const span = { from: from.toISOString(), to: new Date(from.getTime() + 86_400_000).toISOString() };
  const copy = client.query(to(copySql(level, metrics, span)));
  // When the connection is cut after nobody reads any more, the error has no other listener.
  copy.on("error", () => undefined);
  yield* rowsByTenant(copy, metrics.length);
}

async function* one(file: Uint8Array): AsyncGenerator<Uint8Array> {
  yield file;
}

/** The columns of `usageSchema`: those of metrics that nobody measures are all unknown. */
function usageColumns(rows: TenantRows, level: LakeLevel, tenant: LakeTenant | undefined, sources: Sources) {
  const count = rows.at.length;
  const all = (value: string | null) => Array<string | null>(count).fill(value);
  const { slug = null, name = null, plan = null, region = null, server = null } = tenant ?? {};
  const first: Record<(typeof leading)[number], unknown[]> = {
    time: rows.at,
    level: all(level),
    slug: all(slug),
    name: all(name),
    plan: all(plan),
    region: all(region),
    server: all(server),
    sources: rows.sourceSets.map((set) => sources.json.get(set) ?? "{}"),
  };
  const unknown = all(null);
  const places = new Map(sources.metrics.map((metric, index) => [columnOf(metric), index * figures.length]));
  const rest = Object.keys(units).flatMap((column) =>
    figures.map((figure, offset) => {
      const place = places.get(column);
      const data = place === undefined ? unknown : (rows.values[place + offset] ?? unknown);
      return { name: `${column}_${figure}`, data };
    }),
  );
  return [
    ...leading.map((name) => ({
      name,
      data: first[name],
      ...(name === "time" && { encoding: "DELTA_BINARY_PACKED" as const }),
    })),
    ...rest,
  ];
}

function tenantColumns(tenants: LakeTenant[]) {
  const names = ["id", "slug", "name", "plan", "region", "server", "tags", "status", "created", "deleted"] as const;
  return names.map((name) => ({ name, data: tenants.map((tenant) => tenant[name]) }));
}
