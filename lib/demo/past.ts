import type { Control } from "@/lib/metrics/control-questions";
import { filledSize, pastDays } from "@/sample/past";
import { ofSlug } from "@/sample/past-habits";
import { type DemoTenant, demoTenants } from "@/sample/shapes";
import { writeEvents } from "./events";
import { holdRollUps, joinMeasured, measuredSizes } from "./seam";
import { generatedSource, type Made, rollUp, sumServers, writeSteps } from "./usage";

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

/** How far back minutes are made up; before that there are hours only. */
const minutesBack = 48 * hour;

/**
 * Gives the demo's tenants a past that leads up to what is measured: usage with the source `generated`, and what happened
 * to them. A tenant gets it once; what is there already stays. Returns for how many tenants it was made up. To be called
 * with one connection: it is one transaction, during which nothing is rolled up.
 */
export async function makePast(control: Control, now: Date): Promise<number> {
  const known = await withoutPast(control);
  if (known.length === 0) return 0;
  await makePartitions(control, now.getTime());
  await control.query("BEGIN");
  try {
    await holdRollUps(control);
    await stillWanted(control);
    const ids = known.map(({ id }) => id);
    const end = await joinMeasured(control, ids, now);
    const sizes = await measuredSizes(control, ids, end);
    const tenants = known.map(({ id, tenant }) => ({ id, tenant, size: sizes.get(id) ?? filledSize(tenant) }));
    await writePast(control, tenants, end);
    await control.query("COMMIT");
  } catch (error) {
    await control.query("ROLLBACK");
    throw error;
  }
  return known.length;
}

/** Who wants the demo removed waits until this is written, or finds that it never was. */
async function stillWanted(control: Control): Promise<void> {
  const { rows } = await control.query<{ state: string }>("SELECT state::text FROM demo_fleet FOR UPDATE");
  if (rows[0]?.state === "removing") throw new Error("The demo is to be removed: it gets no past any more.");
}

/** The demo's tenants that have no past yet. */
export async function withoutPast(control: Control): Promise<{ id: string; tenant: DemoTenant }[]> {
  const { rows } = await control.query<{ id: string; slug: string }>(
    `SELECT t.id, d.slug FROM demo_tenants d JOIN tenants t ON t.id = d.tenant_id
      WHERE t.deleted_at IS NULL AND t.status NOT IN ('provisioning', 'failed', 'deleting')
        AND NOT EXISTS (SELECT FROM tenant_activities a WHERE a.tenant_id = t.id AND a.activity_type = 'history_made_up')
      ORDER BY d.slug`,
  );
  return demoTenants.flatMap((tenant) => {
    const found = rows.find(({ slug }) => slug === tenant.slug);
    return found ? [{ id: found.id, tenant }] : [];
  });
}

async function makePartitions(control: Control, end: number): Promise<void> {
  const from = new Date(end - (pastDays + 1) * day);
  for (const whose of ["tenant", "server"]) {
    await control.query(
      `SELECT ensure_span_partition($1::regclass, d::date, (d + interval '1 day')::date)
         FROM generate_series(date_trunc('day', $2::timestamptz AT TIME ZONE 'UTC'), $3::timestamptz AT TIME ZONE 'UTC', interval '1 day') d`,
      [`${whose}_usage_minutes`, new Date(end - minutesBack - hour), new Date(end)],
    );
    for (const [level, unit] of [
      ["hours", "month"],
      ["days", "year"],
    ] as const)
      await control.query(
        `SELECT ensure_span_partition($1::regclass, d::date, (d + $4::interval)::date)
           FROM generate_series(date_trunc($5, $2::timestamptz AT TIME ZONE 'UTC'), $3::timestamptz AT TIME ZONE 'UTC', $4::interval) d`,
        [`${whose}_usage_${level}`, from, new Date(end), `1 ${unit}`, unit],
      );
  }
}

async function writePast(control: Control, tenants: Made[], end: number): Promise<void> {
  const ids = tenants.map(({ id }) => id);
  const source = await generatedSource(control);
  const fine = Math.floor((end - minutesBack) / hour) * hour;
  const first = Math.floor((end - pastDays * day) / hour) * hour;
  await writeSteps(control, { level: "hours", source, tenants, from: first, to: fine, end });
  await writeSteps(control, { level: "minutes", source, tenants, from: fine, to: end, end });
  await rollUp(control, { into: "hours", from: "minutes", ids, source, since: fine });
  await rollUp(control, { into: "days", from: "hours", ids, source, since: first - day });
  for (const level of ["minutes", "hours", "days"] as const) await sumServers(control, { level, ids, source });
  await beginRollUps(control, end);
  await writeEvents(control, tenants, new Date(end));
  await control.query(
    `UPDATE tenants SET created_at = least(created_at, told.at)
       FROM unnest($1::uuid[], $2::timestamptz[]) AS told (id, at) WHERE tenants.id = told.id`,
    [ids, tenants.map(({ tenant }) => new Date(end - ofSlug(tenant.slug).began * day))],
  );
}

/** Roll-ups go on where the past ends, should they not have begun yet, and leave it as it is. */
async function beginRollUps(control: Control, end: number): Promise<void> {
  const until = [end, Math.floor(end / hour) * hour, Math.floor(end / day) * day].map((at) => new Date(at));
  await control.query(
    `INSERT INTO usage_rollups (level, until)
     SELECT * FROM unnest(ARRAY['minute', 'hour', 'day'], $1::timestamptz[])
      WHERE NOT EXISTS (SELECT FROM usage_rollups)
        AND NOT EXISTS (SELECT FROM tenant_usage_logs WHERE recorded_at < $2)`,
    [until, new Date(end)],
  );
}
