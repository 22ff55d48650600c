import type pg from "pg";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { perform } from "@/lib/gate/operation";
import { as } from "@/lib/gate/testing";
import type { Scope } from "@/lib/kernel/scope";
import { controlDb } from "@/lib/platform/prisma";
import { type TestControl, type TestTenant, testControl } from "@/lib/platform/testing";
import { registryPool } from "@/lib/runtime/registry";
import { listPools } from "./list-pools";
import { listProcesses } from "./list-processes";
import { showHolders } from "./show-holders";
import { testProcess } from "./testing";

let control: TestControl;
let registry: pg.Pool;
let ada: TestTenant;
let bea: TestTenant;
const running: ReturnType<typeof testProcess>[] = [];

beforeAll(async () => {
  control = await testControl();
  registry = registryPool();
  ada = await control.makeTenant("ada");
  bea = await control.makeTenant("bea");
  await controlDb().tenant.update({ where: { id: bea.id }, data: { region: "far" } });
});
afterEach(async () => {
  await Promise.all(running.splice(0).map((process) => process.close()));
  await control.sql("TRUNCATE runtime_processes CASCADE");
});
afterAll(async () => {
  await registry.end();
  await control.close();
});

function start(app: string) {
  const process = testProcess(registry, app);
  running.push(process);
  return process;
}

const age = (app: string, seconds: number) =>
  control.sql("UPDATE runtime_processes SET seen_at = seen_at - make_interval(secs => $2) WHERE app = $1", [
    app,
    seconds,
  ]);

const states = async (ended: boolean) =>
  (await perform(listProcesses, as("viewer"), { ended })).processes.map(({ app, state }) => [app, state]);

test("processes are listed with what they hold and whether they run", async () => {
  const [web, jobs] = [start("web"), start("jobs")];
  await web.tell({ [ada.id]: { open: 3, idle: 1, waits: 2, waitMs: 8.5 }, [bea.id]: { open: 1, reuses: 70 } });
  await jobs.tell({});
  const { processes } = await perform(listProcesses, as("viewer"), {});
  expect(processes).toMatchObject([
    { app: "jobs", state: "running", open: 0, pid: process.pid },
    { app: "web", state: "running", open: 4, idle: 1, tenants: 2, waits: 2, waitMs: 8.5, reuses: 70 },
  ]);
  expect(processes[1]?.limits).toEqual({ perTenant: 4, total: 60, waitMs: 5000, mostWaiting: 1000 });
});

test("one that was killed is silent after 15 seconds and goes from the list after an hour; one that stopped, at once", async () => {
  const [killed, stopped] = [start("killed"), start("stopped")];
  await killed.tell({ [ada.id]: { open: 1 } });
  await stopped.tell({});
  await stopped.close();
  expect(await states(false)).toEqual([["killed", "running"]]);
  await age("killed", 16);
  expect(await states(false)).toEqual([["killed", "silent"]]);
  expect((await perform(listPools, as("viewer"), {})).pools).toEqual([]);
  expect((await perform(showHolders, as("viewer"), { id: ada.id })).holders).toMatchObject([
    { process: { app: "killed", state: "silent" }, open: 1 },
  ]);
  await age("killed", 3600);
  expect(await states(false)).toEqual([]);
  expect(await states(true)).toEqual([
    ["killed", "silent"],
    ["stopped", "stopped"],
  ]);
  await killed.tell({});
  expect(await states(false), "it was only cut off").toEqual([["killed", "running"]]);
});

test("tenants' connections are added up over processes, in the order that was asked for", async () => {
  const [web, jobs] = [start("web"), start("jobs")];
  await web.tell({ [ada.id]: { open: 3, waits: 1 }, [bea.id]: { open: 1, waits: 9, timeouts: 2 } });
  await jobs.tell({ [ada.id]: { open: 2, waiting: 4, connects: 5 } });
  const { pools, total } = await perform(listPools, as("viewer"), {});
  expect(total).toBe(2);
  expect(pools).toMatchObject([
    { tenant: { slug: "ada" }, processes: 2, open: 5, waiting: 4, waits: 1, connects: 5 },
    { tenant: { slug: "bea" }, processes: 1, open: 1, waiting: 0, waits: 9, timeouts: 2 },
  ]);
  const first = async (input: object) => (await perform(listPools, as("viewer"), input)).pools[0];
  expect(await first({ sort: "timeouts" })).toMatchObject({ tenant: { slug: "bea" } });
  const { processes } = await perform(listProcesses, as("viewer"), {});
  expect(await first({ process: processes.find(({ app }) => app === "jobs")?.id })).toMatchObject({ open: 2 });
  const { holders } = await perform(showHolders, as("viewer"), { id: ada.id });
  expect(holders.map(({ process, open, waiting }) => [process.app, open, waiting])).toEqual([
    ["web", 3, 0],
    ["jobs", 2, 4],
  ]);
});

test("whoever reaches some tenants sees the connections of those only, and no processes", async () => {
  const scope: Scope = { kind: "region", values: ["far"] };
  await start("web").tell({ [ada.id]: { open: 3 }, [bea.id]: { open: 1 } });
  const { pools, total } = await perform(listPools, as("viewer", { scope }), {});
  expect(pools.map(({ tenant }) => tenant.slug)).toEqual(["bea"]);
  expect(total).toBe(1);
  await expect(perform(showHolders, as("viewer", { scope }), { id: ada.id })).rejects.toMatchObject({
    code: "not_found",
  });
  await expect(perform(listProcesses, as("viewer", { scope }), {})).rejects.toMatchObject({ code: "forbidden" });
  await expect(perform(listPools, as("nobody"), {})).rejects.toMatchObject({ code: "unauthenticated" });
});
