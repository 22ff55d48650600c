import pg from "pg";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { showCapacity } from "@/lib/forecast/capacity";
import { forecast } from "@/lib/forecast/forecast";
import { showNeighbours } from "@/lib/forecast/neighbours";
import { perform } from "@/lib/gate/operation";
import { as } from "@/lib/gate/testing";
import { periodNames } from "@/lib/history/shapes";
import { setRolledUp } from "@/lib/history/testing-usage";
import { checkAddress } from "@/lib/keys/rules";
import { quickDb } from "@/lib/platform/quick-db";
import { type TestControl, type TestTenant, testControl } from "@/lib/platform/testing";
import { listTenants } from "@/lib/tenants/list-tenants";
import { listFleetActivities } from "./activities";
import { compareTenants } from "./compare-tenants";
import { listTenantUse } from "./list-tenant-use";
import { stateAt } from "./question";
import { showGrowth } from "./show-growth";
import { showHeatmap } from "./show-heatmap";
import { showAnalyticsOverview } from "./show-overview";
import { showPerformance } from "./show-performance";
import { showCpuUse, showStorageUse } from "./show-resource";
import { showTenantHistory } from "./show-tenant-history";
import { listSignIns } from "./sign-ins";

let control: TestControl;
let tenants: TestTenant[];
let holder: pg.Client;
const now = new Date(Math.floor(Date.now() / 3_600_000) * 3_600_000);

beforeAll(async () => {
  control = await testControl();
  tenants = [await control.makeTenant("one"), await control.makeTenant("two")];
  const day = new Date(Math.floor(now.getTime() / 86_400_000) * 86_400_000);
  await setRolledUp(control, { minute: now, hour: now, day });
  holder = new pg.Client({ connectionString: control.url });
  await holder.connect();
});

afterAll(async () => {
  await holder?.end();
  await control?.close();
});

const ctx = () => as("owner", { now: () => now });

/** How many statements wait for a lock on the control database. */
async function waiting(): Promise<number> {
  const { rows } = await control.sql(
    "SELECT count(*)::int AS n FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'",
  );
  return rows[0].n;
}

test("while many pages of analytics wait for their answers, other requests are answered, and then all of them are", async () => {
  const ids = tenants.map(({ id }) => id);
  await stateAt(() => now);
  await holder.query("BEGIN");
  await holder.query(
    "LOCK TABLE tenant_usage_minutes, tenant_usage_hours, tenant_usage_days, server_usage_hours, server_usage_days, tenant_activities",
  );
  const pages = Promise.allSettled([
    ...(["7d", "30d"] as const).flatMap((range): Promise<unknown>[] => [
      perform(showAnalyticsOverview, ctx(), { range }),
      perform(listTenantUse, ctx(), { range }),
      perform(showCpuUse, ctx(), { range }),
      perform(showStorageUse, ctx(), { range }),
      perform(showPerformance, ctx(), { range }),
      perform(showHeatmap, ctx(), { range }),
    ]),
    perform(showGrowth, ctx(), { range: "7d" }),
    perform(compareTenants, ctx(), { range: "7d", tenant: ids }),
    ...ids.flatMap((id) => periodNames.map((range) => perform(showTenantHistory, ctx(), { range, id }))),
    ...periodNames.flatMap((range): Promise<unknown>[] => [
      perform(listSignIns, ctx(), { range }),
      perform(listFleetActivities, ctx(), { range }),
    ]),
    perform(showCapacity, ctx(), {}),
    perform(forecast, ctx(), {}),
    perform(showNeighbours, ctx(), { server: control.serverId }),
  ]);
  await vi.waitFor(async () => expect(await waiting()).toBeGreaterThanOrEqual(6), 10_000);
  // Again and again, since not all of them are at their waiting yet.
  for (let again = 0; again < 30; again++) {
    expect((await perform(listTenants, ctx(), {})).total).toBe(2);
    await checkAddress(quickDb(), "api", "192.0.2.1");
  }
  await holder.query("COMMIT");
  const failed = (await pages).flatMap((page) => (page.status === "rejected" ? [String(page.reason)] : []));
  expect(failed).toEqual([]);
});
