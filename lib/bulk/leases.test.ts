import { setTimeout as delay } from "node:timers/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { AppError } from "@/lib/kernel/errors";
import { controlDb } from "@/lib/platform/prisma";
import { type TestControl, testControl } from "@/lib/platform/testing";
import { requeueRuns } from "./abandoned";
import { expirePlans } from "./expire-plans";
import { doing, itemsOf, makeRun, quickly, registryTenants, workUntilRest } from "./testing-runs";
import { runViewOf } from "./view";
import { driveRun, workRun } from "./work-run";

process.env.BULK_LEASE_SECONDS = "1";

let control: TestControl;
let tenants: Awaited<ReturnType<typeof registryTenants>>;
beforeAll(async () => {
  control = await testControl();
  tenants = await registryTenants(control.serverId, 12, "shop");
});
afterAll(() => control.close());

const open = new AbortController().signal;
const jobsOf = async (run: string) =>
  (await control.sql("SELECT 1 FROM graphile_worker.jobs WHERE key = $1 AND locked_at IS NULL", [`bulk:${run}`]))
    .rowCount;

/** A worker had these items when it was killed: no statement of its own tells so. */
async function killedWith(run: string, positions: number[], until = "-1 second"): Promise<void> {
  await control.sql(
    `UPDATE bulk_items SET status = 'running', lease = gen_random_uuid(), attempts = 1, started_at = now(),
            lease_until = now() + $3::interval WHERE run_id = $1 AND position = ANY($2)`,
    [run, positions, until],
  );
}

test("an item longer than its lease is kept by its heartbeats, and done once", async () => {
  let begun = 0;
  const run = await makeRun(tenants.slice(0, 1));
  const find = doing(async () => {
    begun++;
    await delay(2500);
    return {};
  });
  const first = workRun(run, open, { ...quickly, find });
  await delay(1500);
  await driveRun(run, open, { ...quickly, find });
  await first;
  expect(begun).toBe(1);
  expect((await itemsOf(run)).items[0]).toMatchObject({ status: "done", attempts: 1, lost: 0 });
});

test("items of a worker that is gone are begun again, once their lease has lapsed, and that attempt does not count", async () => {
  const run = await makeRun(tenants, { options: { attempts: 1 } });
  await killedWith(run, [0, 1, 2]);
  await killedWith(run, [3], "600 milliseconds");
  const find = doing(async () => ({}));
  await workRun(run, open, { ...quickly, find });
  expect((await itemsOf(run)).items[3]?.status).toBe("running");
  expect(await workUntilRest(run, find)).toBe("finished");
  const { items, counts } = await itemsOf(run);
  expect(counts).toEqual({ done: 12 });
  expect(items.map(({ attempts, lost }) => `${attempts} ${lost}`)).toEqual([
    ...Array(4).fill("1 1"),
    ...Array(8).fill("1 0"),
  ]);
});

test("an item under which workers are lost again and again is taken to be the cause", async () => {
  const run = await makeRun(tenants.slice(0, 2), { options: { failureBudget: { count: 1 } } });
  await killedWith(run, [0]);
  await control.sql("UPDATE bulk_items SET lost = 19 WHERE run_id = $1 AND position = 0", [run]);
  expect(
    await workUntilRest(
      run,
      doing(async () => ({})),
    ),
  ).toBe("finished");
  expect((await itemsOf(run)).items[0]).toMatchObject({ status: "failed", words: "Its worker was lost 20 times." });
});

test("what comes of an item whose lease was taken does not count, and its work is told to stop", async () => {
  let aborted = false;
  const run = await makeRun(tenants.slice(0, 1));
  const find = doing(async ({ signal, attempt, run: { id } }) => {
    if (attempt === 2) return { words: "By the second." };
    await control.sql("UPDATE bulk_items SET lease = gen_random_uuid(), attempts = 2 WHERE run_id = $1", [id]);
    await new Promise((resolve) => signal.addEventListener("abort", resolve));
    aborted = true;
    return { words: "By the first." };
  });
  await workRun(run, open, { ...quickly, find });
  expect(aborted).toBe(true);
  expect((await itemsOf(run)).items[0]).toMatchObject({ status: "running", words: null });
  await control.sql("UPDATE bulk_items SET lease_until = now(), attempts = 2 WHERE run_id = $1", [run]);
  expect(await workUntilRest(run, find)).toBe("finished");
  expect((await itemsOf(run)).items[0]?.words).toBe("By the second.");
});

test("a result that comes after the lease was taken is not stored", async () => {
  const run = await makeRun(tenants.slice(0, 1), { options: { failureBudget: { count: 1 } } });
  const find = doing(async ({ run: { id } }) => {
    await control.sql("UPDATE bulk_items SET lease = gen_random_uuid() WHERE run_id = $1", [id]);
    return {};
  });
  await workRun(run, open, { ...quickly, find });
  expect((await itemsOf(run)).items[0]).toMatchObject({ status: "running", words: null });
  await control.sql("UPDATE bulk_items SET status = 'done' WHERE run_id = $1", [run]);
});

test("a run goes on when its connections to the control database are cut in the middle", async () => {
  const done: string[] = [];
  const run = await makeRun(tenants, { options: { concurrency: 2 } });
  const find = doing(async ({ tenant }) => {
    done.push(tenant.slug);
    if (done.length % 4 === 0) {
      await control.sql(
        `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'tenantry' AND datname = $1`,
        [new URL(control.url).pathname.slice(1)],
        "postgres",
      );
    }
    return {};
  });
  expect(await workUntilRest(run, find).catch(() => workUntilRest(run, find))).toBe("finished");
  const { items, counts } = await itemsOf(run);
  expect(counts).toEqual({ done: 12 });
  expect(new Set(done).size).toBe(12);
  expect(items.every(({ attempts }) => attempts === 1)).toBe(true);
});

test("when the worker stops, nothing new begins and what does not end in time is begun again elsewhere", async () => {
  const stop = new AbortController();
  let begun = 0;
  const run = await makeRun(tenants, { options: { concurrency: 2, attempts: 1 } });
  const slow = doing(async ({ signal, run: { position } }) => {
    begun++;
    if (begun === 2) stop.abort();
    if (position === 0)
      return await new Promise((_, reject) => signal.addEventListener("abort", () => reject(new Error("cut"))));
    return {};
  });
  await workRun(run, stop.signal, { ...quickly, find: slow, graceMs: 300 });
  expect(begun).toBe(2);
  const { items, counts } = await itemsOf(run);
  expect(counts).toEqual({ pending: 11, done: 1 });
  expect(items[0]).toMatchObject({ attempts: 0, words: "The worker stopped while this ran; it is begun again." });
  expect(await jobsOf(run)).toBe(1);
  expect(
    await workUntilRest(
      run,
      doing(async () => ({})),
    ),
  ).toBe("finished");
});

test("runs that nobody works on are queued: those without a living lease or a job that waits, and no others", async () => {
  const [dead, alive, queued, paused, lapsedPaused] = await Promise.all(
    [0, 1, 2, 3, 4].map((n) => makeRun(tenants.slice(n, n + 1))),
  );
  if (!dead || !alive || !queued || !paused || !lapsedPaused) throw new Error("five runs");
  await killedWith(alive, [0], "1 minute");
  await killedWith(lapsedPaused, [0]);
  await control.sql("UPDATE bulk_runs SET status = 'paused' WHERE id = ANY($1)", [[paused, lapsedPaused]]);
  await control.sql("SELECT graphile_worker.add_job('bulk-run', job_key := $1)", [`bulk:${queued}`]);
  expect(await requeueRuns()).toBe(2);
  expect(await Promise.all([dead, alive, queued, paused, lapsedPaused].map(jobsOf))).toEqual([1, 0, 1, 0, 1]);
});

test("a plan that nobody confirmed within a day expires, and its items go", async () => {
  const now = new Date();
  const [old, young, begun] = [await makeRun(tenants), await makeRun(tenants), await makeRun(tenants)];
  const age = "UPDATE bulk_runs SET planned_at = $2, status = $3::bulk_run_status WHERE id = $1";
  await control.sql(age, [old, new Date(now.getTime() - 24 * 3_600_000 - 1), "awaiting_second"]);
  await control.sql(age, [young, new Date(now.getTime() - 24 * 3_600_000 + 60_000), "planned"]);
  await control.sql(age, [begun, new Date(now.getTime() - 48 * 3_600_000), "paused"]);
  expect(await expirePlans(now)).toBe(1);
  const runs = await controlDb().bulkRun.findMany({
    where: { id: { in: [old, young, begun] } },
    orderBy: { id: "asc" },
  });
  expect(runs.map(({ status }) => status)).toEqual(["expired", "planned", "paused"]);
  const left = await Promise.all([old, young, begun].map(async (run) => (await itemsOf(run)).items.length));
  expect(left).toEqual([0, 12, 12]);
  expect((await runViewOf(controlDb(), old)).counts).toMatchObject({ pending: 12, done: 0 });
});

test("how a run's items ended is kept with it, and counted anew once it goes on", async () => {
  const two = await registryTenants(control.serverId, 2, "kept");
  const run = await makeRun(two, { options: { failureBudget: { count: 2 } } });
  const find = doing(async ({ run: { position } }) => {
    if (position === 1) throw new AppError("conflict", "No.");
    return {};
  });
  expect(await workUntilRest(run, find)).toBe("finished");
  await control.sql("UPDATE bulk_items SET status = 'cancelled' WHERE run_id = $1 AND position = 0", [run]);
  expect((await runViewOf(controlDb(), run)).counts).toMatchObject({ done: 1, failed: 1, cancelled: 0 });
  await control.sql("UPDATE bulk_runs SET status = 'running', ended = NULL WHERE id = $1", [run]);
  expect((await runViewOf(controlDb(), run)).counts).toMatchObject({ done: 0, cancelled: 1 });
});
