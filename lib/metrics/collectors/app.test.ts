import pg from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { systemClock } from "@/lib/kernel/clock";
import { controlDb } from "@/lib/platform/prisma";
import { type TestControl, type TestTenant, testControl } from "@/lib/platform/testing";
import type { Measure } from "@/lib/tenants/shapes";
import { readTick } from "../live-questions";
import { ServerMeasurement } from "../measure-server";
import { besides } from "./app";

let control: TestControl;
let tenant: TestTenant;
let pool: pg.Pool;

beforeAll(async () => {
  control = await testControl();
  tenant = await control.makeTenant("sender");
  pool = new pg.Pool({ connectionString: control.url, max: 2 });
});
afterAll(async () => {
  await pool.end();
  await control.close();
});

/** What an app's newest value is, so many seconds old. */
async function reading(metric: string, value: number, age: number): Promise<void> {
  await control.sql(
    `INSERT INTO tenant_app_readings VALUES ($1, $2, $3, now() - make_interval(secs => $4))
         ON CONFLICT (tenant_id, metric) DO UPDATE SET value = excluded.value, at = excluded.at`,
    [tenant.id, metric, value, age],
  );
}

const measurement = () => ServerMeasurement.open(control.serverId, control.access, pool, systemClock);

/** A round, stored; the tenant's newest figures after it, as the live stream tells them. */
async function round(server: ServerMeasurement): Promise<Record<string, Measure | undefined>> {
  const id = await server.write(await server.measure());
  const message = await readTick(controlDb(), id);
  if (message?.type !== "tick") throw new Error("no tick");
  return message.changes.find((change) => change.id === tenant.id)?.usage ?? {};
}

test("what an app sent is live while it is fresh, is not logged again, and is unknown afterwards", async () => {
  const server = await measurement();
  await reading("errors", 0.5, 10);
  await reading("appCpu", 40, 10);
  await reading("requests", 7, 10);
  await reading("pooled", 3, 10);
  expect(await round(server)).toMatchObject({
    errors: { value: 0.5, source: "otlp" },
    appCpu: { value: 40, source: "otlp" },
    requests: { value: 7, source: "otlp" },
    pooled: { value: 3, source: "otlp" },
  });
  const logged = await control.sql("SELECT 1 FROM tenant_usage_logs WHERE source = 'otlp'");
  expect(logged.rows).toEqual([]);
  await reading("errors", 0.5, 200);
  const after = await round(server);
  expect(after.errors).toBeUndefined();
  expect(after.appCpu).toEqual({ value: 40, source: "otlp" });
  await server.close();
});

test("a collector that starts anew learns that an app fell silent meanwhile", async () => {
  await reading("appCpu", 40, 200);
  const server = await measurement();
  expect((await round(server)).appCpu).toBeUndefined();
  await server.close();
});

test("the tenant runtime's figures win, unless it has nothing to say or says zero", () => {
  const measure = (value: number, source: Measure["source"]): Measure => ({ value, source });
  const runtime = new Map([
    ["a", measure(5, "runtime")],
    ["b", measure(0, "runtime")],
    ["c", null],
    ["e", measure(0, "runtime")],
  ]);
  const sent = new Map(["a", "b", "c", "d"].map((id) => [id, measure(1, "otlp")] as const));
  const both = besides(runtime, new Map([...sent, ["e", null] as const]));
  expect([...both].map(([id, one]) => [id, one?.source])).toEqual([
    ["a", "runtime"],
    ["b", "otlp"],
    ["c", "otlp"],
    ["e", "runtime"],
    ["d", "otlp"],
  ]);
});
