import { setTimeout as delay } from "node:timers/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { AppError } from "@/lib/kernel/errors";
import { controlDb } from "@/lib/platform/prisma";
import { type TestControl, testControl } from "@/lib/platform/testing";
import { doing, itemsOf, makeRun, quickly, registryTenants, workUntilRest } from "./testing-runs";
import { driveRun, workRun } from "./work-run";

let control: TestControl;
let tenants: Awaited<ReturnType<typeof registryTenants>>;
beforeAll(async () => {
  control = await testControl();
  tenants = await registryTenants(control.serverId, 30, "shop");
});
afterAll(() => control.close());

const open = new AbortController().signal;
const statusOf = async (id: string) => await controlDb().bulkRun.findUniqueOrThrow({ where: { id } });

test("a run does each item once, tells the timelines and the log, and is audited as finished", async () => {
  const done: string[] = [];
  const find = doing(async ({ tenant, log }) => {
    log("Looking.");
    done.push(tenant.slug);
    return { saved: { was: tenant.slug } };
  });
  const run = await makeRun(tenants);
  expect(await workUntilRest(run, find)).toBe("finished");
  expect(done.toSorted()).toEqual(tenants.map(({ slug }) => slug).toSorted());
  const { items } = await itemsOf(run);
  for (const { slug, ...item } of items) {
    expect(item).toMatchObject({ status: "done", words: "It was done.", attempts: 1, lease: null });
    expect(item.saved).toEqual({ was: slug });
    expect(item.finishedAt).toBeInstanceOf(Date);
  }
  const activities = await controlDb().tenantActivity.findMany({ where: { activityType: "vacuumed" } });
  expect(activities).toHaveLength(30);
  expect(activities[0]).toMatchObject({ actor: "ada@example.com", description: "It was done." });
  expect(activities[0]?.metadata).toEqual({ bulkRun: run });
  const lines = await controlDb().bulkItemLog.findMany({ where: { runId: run, position: 3 }, orderBy: { id: "asc" } });
  expect(lines.map(({ message }) => message)).toEqual(["Looking.", "It was done."]);
  const audit = await controlDb().auditEvent.findMany({ where: { operation: "bulk.finished", target: run } });
  expect(audit).toHaveLength(1);
  expect(audit[0]?.after).toEqual({ done: 30 });
});

test("never more items at once than the run allows on a server, nor than the server's connections, nor one tenant twice", async () => {
  const active = new Map<string, number>();
  let most = 0;
  let wanted = 3;
  const find = doing(async ({ tenant }) => {
    expect(active.get(tenant.id) ?? 0).toBe(0);
    active.set(tenant.id, 1);
    most = Math.max(most, active.size);
    await delay(15);
    for (const until = Date.now() + 5000; most < wanted && Date.now() < until; ) await delay(5);
    active.delete(tenant.id);
    return {};
  });
  const one = await makeRun(tenants, { options: { concurrency: 3 } });
  expect(await workUntilRest(one, find)).toBe("finished");
  expect(most).toBe(3);
  const runs = [];
  for (let n = 0; n < 3; n++)
    runs.push(await makeRun(tenants.slice(n * 8, n * 8 + 14), { options: { concurrency: 8 } }));
  most = 0;
  wanted = 9;
  const statuses = await Promise.all(runs.map((run) => workUntilRest(run, find)));
  expect(statuses).toEqual(["finished", "finished", "finished"]);
  expect(most).toBeGreaterThan(8);
  expect(most).toBeLessThanOrEqual(16);
});

test("of two runs over a tenant, the one that was confirmed first comes first", async () => {
  const order: string[] = [];
  const find = doing(async ({ run }) => {
    order.push(run.id);
    await delay(5);
    return {};
  });
  const later = await makeRun(tenants.slice(0, 4));
  const first = await makeRun(tenants.slice(0, 4), { confirmedAt: new Date(Date.now() - 60_000) });
  await workRun(later, open, { ...quickly, find });
  expect(order).toEqual([]);
  const jobs = await control.sql("SELECT run_at > now() AS later FROM graphile_worker.jobs WHERE key = $1", [
    `bulk:${later}`,
  ]);
  expect(jobs.rows).toEqual([{ later: true }]);
  await Promise.all([workUntilRest(later, find), workUntilRest(first, find)]);
  for (const tenant of tenants.slice(0, 4)) {
    const rows = await controlDb().bulkItem.findMany({ where: { tenantId: tenant.id, runId: { in: [first, later] } } });
    const at = (id: string) => rows.find(({ runId }) => runId === id)?.startedAt?.getTime() ?? 0;
    expect(at(first)).toBeLessThan(at(later));
  }
  expect(order).toHaveLength(8);
});

test("a canary that fails stops the run within its budget, and the rest stays untouched; a retry then ends green", async () => {
  let broken = true;
  const find = doing(async ({ tenant }) => {
    if (broken && tenant.slug === "shop-1") throw new Error("relation exists");
    return {};
  });
  const run = await makeRun(tenants.slice(0, 20), { canary: 4 });
  expect(await workUntilRest(run, find)).toBe("paused");
  expect((await statusOf(run)).reason).toBe(
    "The canary stopped the run: 1 tenant failed, and its failure budget puts up with none.",
  );
  expect((await itemsOf(run)).counts).toEqual({ done: 3, failed: 1, pending: 16 });
  const failed = await controlDb().tenantActivity.findMany({ where: { activityType: "action_failed" } });
  expect(failed.map(({ tenantId }) => tenantId)).toEqual([tenants[1]?.id]);
  broken = false;
  await control.sql("UPDATE bulk_items SET status = 'pending', attempts = 0 WHERE run_id = $1 AND status = 'failed'", [
    run,
  ]);
  await control.sql("UPDATE bulk_runs SET status = 'running' WHERE id = $1", [run]);
  expect(await workUntilRest(run, find)).toBe("finished");
  expect((await itemsOf(run)).counts).toEqual({ done: 20 });
});

test("once more have failed than are put up with, nothing new begins", async () => {
  const run = await makeRun(tenants, { options: { concurrency: 2, failureBudget: { count: 2 } } });
  const find = doing(async () => {
    await delay(10);
    throw new Error("no");
  });
  expect(await workUntilRest(run, find)).toBe("paused");
  const { counts } = await itemsOf(run);
  expect(counts.failed).toBeGreaterThanOrEqual(3);
  expect(counts.failed).toBeLessThanOrEqual(4);
});

test("a run that could not be paused over a failure is paused before anything else begins", async () => {
  await control.sql("CREATE SEQUENCE hiccups");
  await control.sql(`CREATE FUNCTION hiccup() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      IF new.status = 'paused' AND nextval('hiccups') = 1 THEN RAISE EXCEPTION 'not now'; END IF;
      RETURN new;
    END $$`);
  await control.sql("CREATE TRIGGER hiccup BEFORE UPDATE ON bulk_runs FOR EACH ROW EXECUTE FUNCTION hiccup()");
  try {
    const run = await makeRun(tenants.slice(0, 6), { options: { concurrency: 1 } });
    const find = doing(async () => {
      throw new Error("no");
    });
    expect(await workUntilRest(run, find)).toBe("paused");
    expect((await itemsOf(run)).counts).toEqual({ failed: 1, pending: 5 });
    expect((await control.sql("SELECT last_value::int FROM hiccups")).rows).toEqual([{ last_value: 2 }]);
  } finally {
    await control.sql("DROP TRIGGER hiccup ON bulk_runs");
    await control.sql("DROP FUNCTION hiccup(); DROP SEQUENCE hiccups");
  }
});

test("only a fault that passes is tried again, and only so often", async () => {
  const tries: Record<string, number> = {};
  const find = doing(async ({ tenant, attempt }) => {
    tries[tenant.slug] = attempt;
    if (tenant.slug === "shop-0" && attempt < 3) throw new AppError("unavailable", "The server is away.");
    if (tenant.slug === "shop-1") throw new AppError("unavailable", "The server is away.");
    if (tenant.slug === "shop-2") throw new AppError("conflict", "It exists already.");
    return {};
  });
  const run = await makeRun(tenants.slice(0, 4), { options: { attempts: 3, failureBudget: { count: 9 } } });
  expect(await workUntilRest(run, find)).toBe("finished");
  expect(tries).toEqual({ "shop-0": 3, "shop-1": 3, "shop-2": 1, "shop-3": 1 });
  const { items } = await itemsOf(run);
  expect(items.map(({ status, words }) => `${status}: ${words}`)).toEqual([
    "done: It was done.",
    "failed: The server is away.",
    "failed: It exists already.",
    "done: It was done.",
  ]);
});

test("an item that takes longer than it may is given up, and what it comes to later does not count", async () => {
  const find = doing(async ({ tenant, signal }) => {
    if (tenant.slug === "shop-0") await new Promise((resolve) => signal.addEventListener("abort", resolve));
    if (tenant.slug === "shop-0") throw new Error("cut off");
    return {};
  });
  const run = await makeRun(tenants.slice(0, 2), { options: { timeoutSeconds: 1, failureBudget: { count: 1 } } });
  expect(await workUntilRest(run, find)).toBe("finished");
  const { items } = await itemsOf(run);
  expect(items[0]).toMatchObject({ status: "failed", words: "It was not done within 1 s and was given up." });
  expect(items[1]?.status).toBe("done");
});

test("a paused run lets what runs come to its end, and a cancelled one leaves the rest as it is", async () => {
  for (const [word, end, rest] of [
    ["paused", "paused", "pending"],
    ["cancelling", "cancelled", "cancelled"],
  ]) {
    let begun = 0;
    const run = await makeRun(tenants, { options: { concurrency: 2 } });
    const find = doing(async () => {
      begun++;
      if (begun === 4)
        await control.sql(`UPDATE bulk_runs SET status = $2::bulk_run_status WHERE id = $1`, [run, word]);
      await delay(20);
      return {};
    });
    expect(await workUntilRest(run, find)).toBe(end);
    const { counts } = await itemsOf(run);
    expect(counts).toEqual({ done: begun, [rest ?? ""]: 30 - begun });
    expect(begun).toBeLessThan(8);
  }
});

test("two workers on one run do each item once between them, within its concurrency", async () => {
  const done: string[] = [];
  let active = 0;
  let most = 0;
  const find = doing(async ({ tenant }) => {
    most = Math.max(most, ++active);
    await delay(10);
    active--;
    done.push(tenant.slug);
    return {};
  });
  const run = await makeRun(tenants);
  await Promise.all([1, 2].map(() => driveRun(run, open, { ...quickly, find })));
  expect(await workUntilRest(run, find)).toBe("finished");
  expect(done.toSorted()).toEqual(tenants.map(({ slug }) => slug).toSorted());
  expect(most).toBeLessThanOrEqual(4);
});

test("words that PostgreSQL can't keep don't hold up what came of the others", async () => {
  const find = doing(async ({ tenant, log }) => {
    log("half \ud800 of a pair");
    if (tenant.slug === "shop-1") throw new AppError("conflict", "a NUL: \0.");
    return { words: "done\0", saved: { key: "\udc00" } };
  });
  const run = await makeRun(tenants.slice(0, 3), { options: { failureBudget: { count: 1 } } });
  expect(await workUntilRest(run, find)).toBe("finished");
  const { items } = await itemsOf(run);
  expect(items.map(({ words }) => words)).toEqual(["done\ufffd", "a NUL: \ufffd.", "done\ufffd"]);
});

test("a run of an action that this version lacks waits for a person and says why", async () => {
  const run = await makeRun(tenants.slice(0, 2), { action: "unheard-of" });
  await workRun(run, open, quickly);
  expect(await statusOf(run)).toMatchObject({
    status: "paused",
    reason: "This version of Tenantry has no action unheard-of.",
  });
});

test("undoing a run gives each item what the run saved", async () => {
  const given: unknown[] = [];
  const find = doing(
    async () => ({}),
    async () => ({ status: "done", words: "Taken back." }),
  );
  const action = find("test");
  if (action?.where !== "server" || !action.undo) throw new Error("It can be undone.");
  const { run: undo } = action.undo;
  action.undo.run = async (work, saved) => {
    given.push(saved);
    return await undo(work, saved);
  };
  const original = await makeRun(tenants.slice(0, 3));
  expect(await workUntilRest(original, find)).toBe("finished");
  const run = await makeRun(tenants.slice(0, 3), { undoOf: original, saved: [{ n: 0 }, { n: 1 }, { n: 2 }] });
  expect(await workUntilRest(run, () => action)).toBe("finished");
  expect(given).toEqual([{ n: 0 }, { n: 1 }, { n: 2 }]);
  const { items } = await itemsOf(run);
  expect(items.map(({ words, saved }) => [words, saved])).toEqual(Array(3).fill(["Taken back.", null]));
});
