import { mkdir, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { gzipSync } from "node:zlib";
import { exportName, exportPath } from "@/lib/bulk/export-file";
import { plan } from "@/lib/bulk/testing-plan";
import { makeRun } from "@/lib/bulk/testing-runs";
import { as } from "@/lib/gate/testing";
import { controlDb, type Prisma } from "@/lib/platform/prisma";
import type { Given } from "./testing-fuzz-requests";
import { inGrace, maintained, type Scene, tenantIn } from "./testing-fuzz-things";
import type { World } from "./testing-fuzz-world";

type Tenant = { id: string; slug: string };
type Way = { tenant?: (world: World) => Promise<Tenant>; input?: (world: World) => Promise<object> };

const deleted: Way = { tenant: async (world) => await tenantIn(world, inGrace()) };
const given = (input: object): Way => ({ input: async () => input });

/** Each action with a tenant that it has something to do for, and what it is to do. */
const actions: Record<string, Way> = {
  activate: { tenant: async (world) => await tenantIn(world, { status: "inactive" }) },
  deactivate: {},
  suspend: {},
  block: {},
  "start-maintenance": given({ message: "Back soon." }),
  "end-maintenance": { tenant: maintained },
  migrate: {},
  rollback: given({ migration: "20261121163100_page_views" }),
  seed: {},
  reset: {},
  "set-plan": given({ plan: "business" }),
  "set-limits": given({ storageMb: 100 }),
  tag: given({ add: ["late"] }),
  "rotate-secret": {},
  "terminate-connections": {},
  vacuum: {},
  "export-data": {},
  "import-data": { input: async (world) => ({ run: (await exported(world)).id, position: 0 }) },
  "check-isolation": {},
  "check-schema": {},
  delete: {},
  restore: deleted,
  purge: deleted,
};

/** A run of an action over a tenant of its own, which stands like this. */
async function run(
  world: World,
  data: Prisma.BulkRunUpdateInput = {},
  item: Prisma.BulkItemUpdateManyMutationInput = {},
  made: Parameters<typeof makeRun>[1] = { action: "vacuum" },
): Promise<{ id: string; tenant: Tenant }> {
  const tenant = await tenantIn(world);
  const id = await makeRun([tenant], made);
  await controlDb().bulkItem.updateMany({ where: { runId: id }, data: item });
  await controlDb().bulkRun.update({ where: { id }, data });
  return { id, tenant };
}

const ended = () => ({ status: "finished" as const, finishedAt: new Date() });
const done = () => ({ status: "done" as const, finishedAt: new Date() });

/** A run that left a tenant's export on the disk. */
async function exported(world: World): Promise<{ id: string }> {
  const { id, tenant } = await run(world, ended(), done(), { action: "export-data" });
  const name = exportName(tenant.slug, 0);
  const path = exportPath(id, name);
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, gzipSync("SELECT 1;\n"));
  await controlDb().bulkItem.updateMany({ where: { runId: id }, data: { result: { file: { name } } } });
  return { id };
}

/** A plan of a run, not yet confirmed. */
async function planned(world: World): Promise<{ id: string; digest: string }> {
  return await plan(as("system"), "vacuum", { tenants: [(await tenantIn(world)).id] });
}

const ofRun =
  (...how: Tail<Parameters<typeof run>>): Scene =>
  async (world) => ({ params: { id: (await run(world, ...how)).id } });

type Tail<T extends unknown[]> = T extends [unknown, ...infer Rest] ? Rest : never;

async function asked(world: World, { tenant = tenantIn, input = async () => ({}) }: Way) {
  return { id: (await tenant(world)).id, input: (await input(world)) as Record<string, unknown> };
}

const ofPlans = Object.entries(actions).map(([name, way]): [string, Scene] => [
  `bulk.plan.${name}`,
  async (world): Promise<Given> => {
    const { id, input } = await asked(world, way);
    return { body: { tenants: [id], input } };
  },
]);

const ofTenants = Object.entries(actions).map(([name, way]): [string, Scene] => [
  `tenants.run.${name}`,
  async (world): Promise<Given> => {
    const { id, input } = await asked(world, way);
    return { params: { id }, body: input };
  },
]);

/** Scenes of the operations that have to do with bulk runs. */
export const runScenes: Record<string, Scene> = {
  ...Object.fromEntries(ofPlans),
  ...Object.fromEntries(ofTenants),
  "bulk.show": ofRun(),
  "bulk.items": ofRun(),
  "reports.tables.bulkItems": async (world) => ({ query: { run: (await run(world)).id } }),
  "bulk.pause": ofRun(),
  "bulk.cancel": ofRun(),
  "bulk.resume": ofRun({ status: "paused" }),
  "bulk.retry": ofRun({ status: "paused" }, { status: "failed", finishedAt: new Date() }),
  "bulk.undo": ofRun(ended(), done(), { action: "tag", input: { add: ["late"], remove: [] }, saved: [{ tags: [] }] }),
  "bulk.replan": async (world) => ({ params: { id: (await planned(world)).id } }),
  "bulk.confirm": async (world) => {
    const { id, digest } = await planned(world);
    return { params: { id }, body: { digest } };
  },
  "bulk.itemLog": async (world) => ({ params: { id: (await run(world)).id, position: "0" } }),
  "bulk.download": async (world) => ({ params: { id: (await exported(world)).id, position: "0" } }),
  "uploads.create": async () => ({ raw: { type: "application/sql", body: "SELECT 1;\n" } }),
};
