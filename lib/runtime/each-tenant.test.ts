import { setTimeout as delay } from "node:timers/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type TestControl, type TestTenant, testControl } from "@/lib/platform/testing";
import { createRuntime, type Runtime } from "./runtime";

let control: TestControl;
let runtime: Runtime;
const tenants: TestTenant[] = [];

beforeAll(async () => {
  control = await testControl();
  for (const slug of ["amber", "birch", "cedar", "delta"]) tenants.push(await control.makeTenant(slug));
  await control.makeTenant("embryo", "provisioning");
  // Records without databases: more than one page of the registry.
  await control.sql(
    `INSERT INTO tenants (id, slug, name, status, plan, region, server_id, database, role, secret, created_at, updated_at)
     SELECT gen_random_uuid(), 'row-' || n, 'Row', 'active', 'free', 'local', $1, 'row_' || n, 'row_' || n, '', now(), now()
     FROM generate_series(1, 450) AS n`,
    [control.serverId],
  );
  runtime = createRuntime({ bootstrappers: [] });
});
afterAll(async () => {
  await runtime.close();
  await control.close();
});

const slugs = ["amber", "birch", "cedar", "delta"];

test("the work is done for each active tenant once, in its context, so many at a time", async () => {
  const seen: string[] = [];
  let [now, most] = [0, 0];
  const result = await runtime.forEachTenant(
    {},
    async ({ slug }) => {
      most = Math.max(most, ++now);
      await delay(1);
      seen.push(slug === runtime.currentTenant().slug ? slug : "another");
      now--;
    },
    { concurrency: 7 },
  );
  expect(result).toEqual({ done: 454, skipped: 0, failed: [], stopped: false });
  expect([new Set(seen).size, seen.includes("embryo"), most]).toEqual([454, false, 7]);
});

test("it can be for some: by slug, id, plan or a condition", async () => {
  const count = async (filter: Parameters<Runtime["forEachTenant"]>[0]) =>
    (await runtime.forEachTenant(filter, () => undefined)).done;
  expect(await count({ slugs: ["amber", "embryo", "nobody"] })).toBe(1);
  expect(await count({ ids: tenants.map(({ id }) => id) })).toBe(4);
  expect(await count({ plans: ["starter"], where: ({ slug }) => slug < "c" })).toBe(2);
  expect(await count({ slugs: [] })).toBe(0);
});

test("it goes on after a failure, and tells whose and why", async () => {
  const result = await runtime.forEachTenant({ slugs }, async ({ slug }) => {
    await runtime.query("SELECT 1");
    if (slug === "birch") await runtime.query("SELECT 1 / 0");
    if (slug === "cedar") throw new Error("broken");
  });
  expect(result).toMatchObject({ done: 2, skipped: 0, stopped: false });
  const told = result.failed.map(({ slug, error }) => [slug, error instanceof Error && error.message]);
  expect(told.sort()).toEqual([
    ["birch", "division by zero"],
    ["cedar", "broken"],
  ]);
});

test("a tenant that is suspended before its turn is left out", async () => {
  const result = await runtime.forEachTenant(
    { slugs },
    async ({ slug }) => {
      if (slug !== "amber") return;
      await control.sql("UPDATE tenants SET status = 'suspended' WHERE slug = 'delta'");
      await control.sql("SELECT pg_notify('tenantry_tenant', id::text) FROM tenants WHERE slug = 'delta'");
      await delay(300);
    },
    { concurrency: 1 },
  );
  await control.sql("UPDATE tenants SET status = 'active' WHERE slug = 'delta'");
  expect(result).toMatchObject({ done: 3, skipped: 1, failed: [] });
});

test("once the signal is aborted nothing more is begun, and what runs is finished", async () => {
  const stop = new AbortController();
  let ended = 0;
  const work = async () => {
    stop.abort();
    await delay(5);
    ended++;
  };
  const result = await runtime.forEachTenant({}, work, { concurrency: 3, signal: stop.signal });
  expect(result).toMatchObject({ stopped: true, done: ended });
  expect(ended).toBeLessThanOrEqual(3);
});

test("a job carries its tenant through a queue, and is refused once that one is not active", async () => {
  const tenant = await runtime.resolve("cedar.localhost");
  const queued = JSON.stringify(runtime.runInTenant(tenant, () => runtime.packJob({ order: 7 })));
  const job: { tenantId: string; data: { order: number } } = JSON.parse(queued);
  expect(await runtime.runJob(job, ({ order }) => `${runtime.currentTenant().slug} ${order}`)).toBe("cedar 7");
  expect(() => runtime.packJob(1)).toThrow("No tenant here");
  const lost = runtime.runJob({ tenantId: "0198f3a2-0000-7000-8000-00000000dead", data: 1 }, () => 1);
  await expect(lost).rejects.toMatchObject({ refusal: "unknown" });
  await expect(runtime.runInTenantById("'; DROP", () => 1)).rejects.toMatchObject({ refusal: "unknown" });
});
