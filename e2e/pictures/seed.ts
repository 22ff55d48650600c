import { createHash } from "node:crypto";
import pg from "pg";
import { findPlanOperation } from "@/lib/bulk/plan-operations";
import type { RunView } from "@/lib/bulk/shapes";
import { asDemo } from "@/lib/demo/load-tenants";
import { makePast } from "@/lib/demo/past";
import { recordAudit } from "@/lib/gate/audit";
import type { Operation } from "@/lib/gate/operation";
import { systemClock } from "@/lib/kernel/clock";
import { columnOf } from "@/lib/kernel/metrics";
import { quoteName } from "@/lib/platform/postgres";
import { controlDb } from "@/lib/platform/prisma";
import { pastMetrics, pastOf } from "@/sample/past";
import { type DemoTenant, demoTenants } from "@/sample/shapes";
import { sessionToken } from "./moment";

// Fills the pictures' installation: the same ids, names, figures and times each time. Its clock stands still (clock.mjs).
const now = systemClock();
const control = new pg.Client({ connectionString: process.env.DATABASE_URL });
await control.connect();
const id = (kind: number, n: number) => `00000000-0000-7000-8000-${String(kind * 1000 + n).padStart(12, "0")}`;
const server = id(1, 1);
/** Names in letters that the console brings itself: those of other scripts are drawn by each system otherwise. */
const drawnAlike: Partial<Record<string, string>> = {
  "manara-books": "Βιβλία του Φάρου",
  kurashi: "Семена на каждый день",
};

await control.query(
  `INSERT INTO servers (id, name, region, host, port, admin_user, version, cores, memory_mb, max_connections, storage_capacity_mb,
     disk_total_mb, disk_free_mb, last_tick_at, created_at)
   VALUES ($1, 'db-1', 'eu-central', '127.0.0.1', 9, 'tenantry', '18.4', 8, 32768, 300, 4096, 102400, 61440, $2, $2)`,
  [server, now],
);
await control.query(
  `INSERT INTO users (id, email, name, role, password_hash, totp_confirmed_at, created_at, last_sign_in_at)
   VALUES ($1, 'ada@example.com', 'Ada Lovelace', 'owner', 'none', $2, $2, $2)`,
  [id(2, 1), now],
);
await control.query(
  `INSERT INTO sessions (id, user_id, token_hash, second_factor_at, created_at, last_seen_at, expires_at)
   VALUES ($1, $2, $3, $4, $4, $4, $4::timestamptz + interval '1 day')`,
  [id(3, 1), id(2, 1), createHash("sha256").update(sessionToken).digest("hex"), now],
);
for (const [n, tenant] of demoTenants.entries()) await makeTenant(id(4, n), tenant);
await makePast(control, now);
for (const [n, tenant] of demoTenants.entries()) await measure(id(4, n), tenant);
await control.query(
  `INSERT INTO server_ticks (server_id, at, duration_ms, cpu, cpu_unattributed, memory, memory_unattributed, buffers, transactions,
     cpu_source, memory_source) VALUES ($1, $2, 12, 42, 3, 210, 40, 96, 180, 'proc', 'pss_anon')`,
  [server, now],
);
await makeRuns();
await makeTrail();
await control.end();
await controlDb().$disconnect();

async function makeTenant(tenant: string, { slug, name, plan, storageMb }: DemoTenant): Promise<void> {
  await control.query(
    `INSERT INTO tenants (id, status, server_id, slug, name, tags, plan, region, database, role, secret, settings, created_at, updated_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, 'eu-central', $8, $8, '\\x00', $9, $10, $10)`,
    [
      ...[tenant, slug === "tidewater" ? "suspended" : "active", server, slug, drawnAlike[slug] ?? name],
      ...[plan === "enterprise" ? ["key-account"] : [], plan, `t_${slug.replaceAll("-", "_")}`],
      ...[storageMb === undefined ? {} : { limits: { storageMb } }, now],
    ],
  );
  await control.query("INSERT INTO demo_tenants (tenant_id, slug) VALUES ($1, $2)", [tenant, slug]);
}

/** The newest figures are the end of the past. */
async function measure(tenant: string, demo: DemoTenant): Promise<void> {
  const minute = 60_000;
  const [last] = pastOf(demo, now.getTime() - minute, now.getTime(), minute);
  const known = pastMetrics.flatMap((metric) => {
    const value = last?.values[metric]?.mean;
    return value === undefined ? [] : [{ metric, value }];
  });
  await control.query(
    `INSERT INTO tenant_usage_latest (tenant_id, tick_id, changed_at, sources, ${known.map(({ metric }) => quoteName(columnOf(metric))).join(", ")})
     VALUES ($1, 1, $2, $3, ${known.map((_, n) => `$${n + 4}`).join(", ")})`,
    [
      ...[tenant, now, Object.fromEntries(known.map(({ metric }) => [metric, "generated"]))],
      ...known.map(({ value }) => value),
    ],
  );
}

/** One run that waits for its confirmation, and one that is over. */
async function makeRuns(): Promise<void> {
  const finished = await plan("tag", { add: ["pilot"] }, "Who tries the new checkout");
  await control.query(
    `UPDATE bulk_items SET status = 'done', attempts = 1, started_at = $2, finished_at = $2::timestamptz + interval '1 second' WHERE run_id = $1`,
    [finished, now],
  );
  await control.query(
    `UPDATE bulk_runs SET status = 'finished', wave = 1, confirmed_by = 'ada@example.com', confirmed_at = $2, started_at = $2,
       finished_at = $2::timestamptz + interval '4 seconds' WHERE id = $1`,
    [finished, now],
  );
  await plan("deactivate", { reason: "Trial is over" }, "To be decided on Monday");
}

async function plan(action: string, input: object, note: string): Promise<string> {
  const operation = findPlanOperation(`bulk-${action}`) as Operation | undefined;
  if (!operation) throw new Error(`There is no action ${action}.`);
  const ctx = asDemo(controlDb(), systemClock, new AbortController().signal);
  const tenants = demoTenants.flatMap(({ plan }, n) => (plan === "free" || plan === "business" ? [id(4, n)] : []));
  // Not by way of the gate: its entry in the audit trail would name the run, whose id is another each time.
  const asked = operation.contract.input.parse({ tenants, input, note });
  const { id: made } = (await operation.run(ctx, asked as never)) as RunView;
  return await renamed(made, id(6, action.length));
}

/** Gives a run the same id each time: a part of it stands on its page. */
async function renamed(made: string, run: string): Promise<string> {
  await control.query("SET session_replication_role = replica");
  await control.query("UPDATE bulk_runs SET id = $2 WHERE id = $1", [made, run]);
  for (const table of ["bulk_items", "bulk_item_log"])
    await control.query(`UPDATE ${quoteName(table)} SET run_id = $2 WHERE run_id = $1`, [made, run]);
  await control.query("RESET session_replication_role");
  return run;
}

/** What stands in the audit trail. */
async function makeTrail(): Promise<void> {
  const ctx = asDemo(controlDb(), systemClock, new AbortController().signal);
  for (const [n, operation] of (["tenants.create", "tenants.edit", "tenants.setStatus"] as const).entries())
    await recordAudit({ ...ctx, requestId: id(5, n) }, { operation, outcome: "done", input: { id: id(4, 9) } });
}
