import fc from "fast-check";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { fleetHold, tenantHold } from "@/lib/kernel/metrics";
import { controlDb } from "@/lib/platform/prisma";
import { type TestControl, testControl } from "@/lib/platform/testing";
import { markLate } from "./late";
import { rollUp } from "./roll-up";
import { rollMinutes } from "./roll-up-minutes";
import { ensureSpans, keptTables } from "./spans";
import { type Figures, type Raw, recompute } from "./testing-recompute";
import { dayMs, hourMs } from "./watermarks";

let control: TestControl;

/** Three hours before a midnight that is long past. */
const begin = Math.floor(Date.now() / dayMs) * dayMs - dayMs - 3 * hourMs;
const tenants = ["00000000-0000-7000-8000-00000000000a", "00000000-0000-7000-8000-00000000000b"];
const server = "00000000-0000-7000-8000-00000000000c";
const levels = [
  ["minutes", 60_000],
  ["hours", hourMs],
  ["days", dayMs],
] as const;

beforeAll(async () => {
  control = await testControl();
  await ensureSpans(controlDb(), keptTables, new Date(begin), new Date(begin + dayMs));
});

afterAll(async () => {
  await control?.close();
});

beforeEach(clear);

async function clear(): Promise<void> {
  await control.sql(`TRUNCATE tenant_usage_logs, server_ticks, usage_rollups, usage_late_minutes, usage_source_sets,
    tenant_usage_minutes, tenant_usage_hours, tenant_usage_days,
    server_usage_minutes, server_usage_hours, server_usage_days`);
}

async function insert(rows: Raw[]): Promise<void> {
  const [ticks, samples] = [true, false].map((ofServer) =>
    JSON.stringify(
      rows.filter(({ subject }) => (subject === server) === ofServer).map((raw) => ({ ...raw, at: new Date(raw.at) })),
    ),
  );
  await controlDb().$transaction(async (tx) => {
    await tx.$executeRaw`
      INSERT INTO server_ticks (server_id, at, duration_ms, cpu, cpu_source)
      SELECT subject, at, 1, value, source FROM jsonb_to_recordset(${ticks}::jsonb)
          AS tick (id int, subject uuid, at timestamptz, value float8, source text) ORDER BY id`;
    await tx.$executeRaw`
      INSERT INTO tenant_usage_logs (tenant_id, metric_type, value, unit, recorded_at, source)
      SELECT subject, metric, coalesce(value, 'NaN'), '', at, source FROM jsonb_to_recordset(${samples}::jsonb)
          AS sample (id int, subject uuid, metric text, at timestamptz, value float8, source text) ORDER BY id`;
    const touched = rows.map(({ subject, at }) => ({ tenantId: subject, at: new Date(at) }));
    await markLate(tx, touched);
  });
}

async function roll(now: number): Promise<void> {
  await rollUp(controlDb(), () => new Date(now), new AbortController().signal, { minutes: 7 });
}

/** Rolls up minutes alone, as it is done each minute; what is made of many at once is made by other SQL. */
async function rollSomeMinutes(): Promise<void> {
  const { rows } = await control.sql(
    "SELECT at FROM tenant_usage_minutes UNION SELECT at FROM server_usage_minutes ORDER BY at",
  );
  const every = Math.ceil(rows.length / 12);
  for (const { at } of rows.filter((_, index) => index % every === 0)) {
    await rollMinutes(controlDb(), { from: at, to: new Date(at.getTime() + 60_000) });
  }
}

/** What is stored, in the shape of `recompute`. */
async function stored(level: string): Promise<Map<string, Figures>> {
  const { rows } = await control.sql(
    ["tenant", "server"]
      .map(
        (kind) => `SELECT row.${kind}_id::text AS subject, at, to_jsonb(row) AS row, sources
                     FROM ${kind}_usage_${level} row JOIN usage_source_sets ON id = source_set`,
      )
      .join(" UNION ALL "),
  );
  const found = new Map<string, Figures>();
  for (const { subject, at, row, sources } of rows) {
    for (const metric of ["cpu", "cacheHit"]) {
      const column = metric === "cpu" ? "cpu" : "cache_hit";
      const [sum, ms, min, max, last] = ["sum", "ms", "min", "max", "last"].map(
        (part) => row[`${column}_${part}`] ?? null,
      );
      if (ms === null) expect([sum, min, max, last]).toEqual([null, null, null, null]);
      else {
        const figures = { sum, ms, min: Math.fround(min), max: Math.fround(max), last: Math.fround(last) };
        found.set(`${subject} ${metric} ${at.getTime()}`, { ...figures, sources: sources[metric] });
      }
    }
  }
  return found;
}

/** What must be there when everything was measured. Neither NaN nor infinity is a sample of a tenant. */
function expected(rows: Raw[], step: number): Map<string, Figures> {
  const ofTenants = rows.filter(({ subject, value }) => subject !== server && value !== null);
  const ofServers = rows.filter(({ subject }) => subject === server);
  return new Map([...recompute(ofTenants, step, tenantHold), ...recompute(ofServers, step, fleetHold)]);
}

async function expectRight(rows: Raw[]): Promise<void> {
  for (const [level, step] of levels) {
    const [found, wanted] = [await stored(level), expected(rows, step)];
    expect([...found.keys()].sort()).toEqual([...wanted.keys()].sort());
    for (const [key, figures] of wanted) {
      const { sum, ...rest } = found.get(key) as Figures;
      const { sum: right, ...others } = figures;
      expect({ key, ...rest }).toEqual({ key, ...others });
      expect(Math.abs(sum - right)).toBeLessThanOrEqual(1e-9 * Math.max(1, Math.abs(right)));
    }
  }
}

// Around the turn of an hour and of the day, and anywhere; whole seconds often, so that times meet.
const offset = fc.oneof(
  fc.integer({ min: 0, max: 6 * 3600 }).map((seconds) => seconds * 1000),
  fc.integer({ min: -200, max: 200 }).map((seconds) => 3 * hourMs + seconds * 1000),
  fc.integer({ min: -400_000, max: 400_000 }).map((ms) => hourMs + ms),
);
const value = fc.oneof(
  fc.double({ min: 0, max: 1000, noNaN: true }),
  fc.constantFrom(0, -3, 1e-200, 1e30),
  fc.constant(null),
);
const row = fc.record({
  subject: fc.constantFrom(...tenants, server),
  metric: fc.constantFrom("cpu", "cacheHit"),
  at: offset.map((ms) => begin + ms),
  value,
  source: fc.constantFrom("proc", "active_time", "otlp"),
  follow: fc.array(fc.integer({ min: 1, max: 170 }), { maxLength: 6 }),
});
const batch = fc.record({ rows: fc.array(row, { maxLength: 6 }), clock: fc.integer({ min: 0, max: 7 * 3600 }) });

test("minutes, hours and days equal a plain recomputation, whatever comes in whichever order", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(batch, { minLength: 1, maxLength: 4 }), async (batches) => {
      await clear();
      const all: Raw[] = [];
      for (const { rows, clock } of batches) {
        const fresh = rows.flatMap(({ follow, ...one }) => {
          let at = one.at;
          const next = follow.map((seconds, index) => {
            at += seconds * 1000;
            return { ...one, at, value: index % 3 === 2 ? 0 : (one.value ?? 1) + index };
          });
          return [one, ...next].map((sample) => (sample.subject === server ? { ...sample, metric: "cpu" } : sample));
        });
        const numbered = fresh.map((sample, index) => ({ ...sample, id: all.length + index }));
        await insert(numbered);
        all.push(...numbered);
        await roll(begin + clock * 1000);
      }
      const end = begin + 9 * hourMs;
      await roll(end);
      await expectRight(all);
      await roll(end);
      await expectRight(all);
      await rollSomeMinutes();
      await expectRight(all);
    }),
    { numRuns: 10, endOnFailure: true },
  );
}, 180_000);
