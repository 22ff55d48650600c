import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { setTimeout as delay } from "node:timers/promises";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { systemClock } from "@/lib/kernel/clock";
import { type TestControl, type TestTenant, testControl } from "@/lib/platform/testing";
import { ServerMeasurement } from "./measure-server";

let control: TestControl;
let pool: pg.Pool;
let measurement: ServerMeasurement;
const tenants: TestTenant[] = [];

beforeAll(async () => {
  control = await testControl();
  pool = new pg.Pool({ connectionString: control.url, max: 2 });
  for (let number = 0; number < 12; number++) tenants.push(await control.makeTenant(`tenant-${number}`));
  measurement = await ServerMeasurement.open(control.serverId, control.access, pool, systemClock);
});

afterAll(async () => {
  await measurement?.close();
  await pool?.end();
  await control?.close();
});

function tenant(index: number): TestTenant {
  const found = tenants[index];
  if (!found) throw new Error(`There is no tenant ${index}.`);
  return found;
}

async function connectAs({ database, role, password }: TestTenant): Promise<pg.Client> {
  const { host, port } = control.access;
  const client = new pg.Client({ host, port, database, user: role, password });
  client.on("error", () => undefined);
  await client.connect();
  return client;
}

async function pidOf(client: pg.Client): Promise<number> {
  const { rows } = await client.query<{ pid: number }>("SELECT pg_backend_pid() AS pid");
  return rows[0]?.pid ?? 0;
}

const ticksPerSecond = Number(execFileSync("getconf", ["CLK_TCK"], { encoding: "utf8" }));

/** The reading of /proc that the collector is checked against: another program's code, on purpose. */
function statOf(pid: number | string): { parent: number; own: number; waited: number } {
  const fields = readFileSync(`/proc/${pid}/stat`, "utf8")
    .replace(/^.*\) /s, "")
    .split(" ")
    .map(Number);
  const [parent = 0, utime = 0, stime = 0, cutime = 0, cstime = 0] = [1, 11, 12, 13, 14].map((index) => fields[index]);
  return { parent, own: (utime + stime) / ticksPerSecond, waited: (cutime + cstime) / ticksPerSecond };
}

/** CPU seconds of a PostgreSQL server so far: its postmaster, what that has waited for, and every living child. */
function serverSeconds(postmaster: number): number {
  const main = statOf(postmaster);
  let seconds = main.own + main.waited;
  for (const name of readdirSync("/proc").filter((entry) => /^\d+$/.test(entry))) {
    try {
      const process = statOf(name);
      if (process.parent === postmaster) seconds += process.own;
    } catch {
      // It has ended meanwhile.
    }
  }
  return seconds;
}

type Stored = { at: Date; cpu: number | null; unattributed: number | null };

/** CPU seconds that storage says, per tenant and for what no tenant owns: each tick's percent times its time. */
async function storedSeconds(): Promise<{ tenants: Map<string, number>; unattributed: number }> {
  const ticks = (await control.sql("SELECT at, cpu, cpu_unattributed AS unattributed FROM server_ticks ORDER BY id"))
    .rows as Stored[];
  const logged = await control.sql(
    "SELECT tenant_id AS id, value, recorded_at AS at FROM tenant_usage_logs WHERE metric_type = 'cpu' ORDER BY recorded_at",
  );
  const sums = { tenants: new Map<string, number>(), unattributed: 0 };
  ticks.forEach((tick, index) => {
    const seconds = (tick.at.getTime() - (ticks[index - 1]?.at ?? tick.at).getTime()) / 1000;
    sums.unattributed += ((tick.unattributed ?? 0) / 100) * seconds;
    for (const { id } of tenants) {
      const value: number = logged.rows.findLast((row) => row.id === id && row.at <= tick.at)?.value ?? 0;
      sums.tenants.set(id, (sums.tenants.get(id) ?? 0) + (value / 100) * seconds);
    }
  });
  return sums;
}

async function tick(): Promise<void> {
  await measurement.write(await measurement.measure());
}

async function latest(id: string): Promise<Record<string, number>> {
  const { rows } = await control.sql("SELECT * FROM tenant_usage_latest WHERE tenant_id = $1", [id]);
  return rows[0] ?? {};
}

describe("the issue's check", () => {
  test("a minute of CPU in one of twelve tenants is that tenant's, and the parts add up to the server", async () => {
    const burner = await connectAs(tenant(3));
    const pid = await pidOf(burner);
    const postmaster = statOf(pid).parent;
    const before = { burner: statOf(pid).own, server: serverSeconds(postmaster) };
    await tick();
    const burning = burner.query(`DO $$ DECLARE x float8; BEGIN
      WHILE clock_timestamp() < now() + interval '60 s' LOOP x := sqrt(random()); END LOOP; END $$`);
    for (let second = 0; second < 62; second += 2) {
      await delay(2000);
      await tick();
    }
    const after = { burner: statOf(pid).own, server: serverSeconds(postmaster) };
    await burning;
    await burner.end();
    const burnt = after.burner - before.burner;
    const stored = await storedSeconds();
    const others = tenants.filter(({ id }) => id !== tenant(3).id).map(({ id }) => stored.tenants.get(id) ?? 0);
    const sum = [...stored.tenants.values()].reduce((total, seconds) => total + seconds, 0) + stored.unattributed;
    const figures = { burnt, shown: stored.tenants.get(tenant(3).id), most: Math.max(...others), sum };
    console.log(JSON.stringify({ ...figures, server: after.server - before.server }));
    expect(burnt).toBeGreaterThan(5);
    expect(stored.tenants.get(tenant(3).id)).toBeGreaterThanOrEqual(0.9 * burnt);
    expect(stored.tenants.get(tenant(3).id)).toBeLessThanOrEqual(1.03 * burnt);
    for (const seconds of others) expect(seconds).toBeLessThanOrEqual(0.02 * burnt);
    expect(Math.abs(sum / (after.server - before.server) - 1)).toBeLessThan(0.05);
  }, 120_000);

  test("a query that allocates a lot shows in its tenant's memory within two ticks", async () => {
    const client = await connectAs(tenant(5));
    await client.query("SET work_mem = '512MB'");
    await tick();
    await client.query("BEGIN");
    await client.query(`DECLARE sorted CURSOR FOR
      SELECT g, md5(g::text) FROM generate_series(1, 1000000) AS g ORDER BY 2`);
    await client.query("FETCH 1 FROM sorted");
    await tick();
    await delay(2000);
    await tick();
    const { memory, sources } = await latest(tenant(5).id);
    await client.query("ROLLBACK");
    await client.end();
    expect(memory).toBeGreaterThan(60);
    expect(sources).toMatchObject({ memory: expect.stringMatching(/pss_anon|statm/) });
    expect((await latest(tenant(6).id)).memory).toBeLessThan(10);
  });

  test("a table filled with 100 MiB shows in its tenant's storage within 10 s", async () => {
    for (let ticks = 0; ticks < 3; ticks++) await tick();
    const before = (await latest(tenant(7).id)).storage ?? Number.NaN;
    const client = await connectAs(tenant(7));
    await client.query("CREATE TABLE filled AS SELECT repeat(md5(g::text), 30) FROM generate_series(1, 110000) AS g");
    const filled = performance.now();
    let storage = 0;
    while (performance.now() - filled < 10_000 && storage < before + 100) {
      await tick();
      storage = (await latest(tenant(7).id)).storage ?? 0;
      await delay(2000);
    }
    await client.end();
    expect(storage).toBeGreaterThanOrEqual(before + 100);
  });
});
