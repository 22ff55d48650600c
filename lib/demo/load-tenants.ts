import { recordAudit } from "@/lib/gate/audit";
import { type Ctx, systemContext } from "@/lib/gate/context";
import type { Clock } from "@/lib/kernel/clock";
import { AppError } from "@/lib/kernel/errors";
import { newId } from "@/lib/kernel/ids";
import { log } from "@/lib/platform/log";
import { controlDb, type Db } from "@/lib/platform/prisma";
import { register } from "@/lib/tenants/register";
import { type DemoTenant, demoTenants } from "@/sample/shapes";
import { lockDemo } from "./fleet-row";
import { hindranceWords } from "./rules";
import { firstServer, takenSlugs } from "./view";

/** The name under which the demo acts, in activities and in the audit trail. */
const demoActor = "demo";

/** The context in which the demo does what people do. */
export function asDemo(db: Db, clock: Clock, signal: AbortSignal): Ctx {
  return systemContext(demoActor, db, clock, newId(clock()), signal);
}

/** Registers the demo's tenants that are not there; a slug that somebody else's tenant has is left to it. */
export async function registerMissing({ clock, signal }: { clock: Clock; signal: AbortSignal }): Promise<void> {
  const taken = await takenSlugs(controlDb());
  for (const tenant of demoTenants) {
    if (signal.aborted) return;
    if (!taken.includes(tenant.slug) && !(await registerOne(tenant, clock, signal).catch(leftOut))) return;
  }
}

/** The tenant and the mark that it is the demo's are there together or not at all. False: nobody wants it any more. */
async function registerOne(tenant: DemoTenant, clock: Clock, signal: AbortSignal): Promise<boolean> {
  return await controlDb().$transaction(
    async (db) => {
      if ((await lockDemo(db)) !== "loading") return false;
      if (await db.demoTenant.findFirst({ where: { slug: tenant.slug, tenant: { deletedAt: null } } })) return true;
      const server = await firstServer(db);
      if (!server) throw new AppError("unavailable", hindranceWords.demo_no_server);
      const { slug, name, plan } = tenant;
      const ctx = asDemo(db, clock, signal);
      const { id } = await register(ctx, { slug, name, plan, serverId: server.id });
      await db.tenant.update({ where: { id }, data: { settings: demoSettings(tenant) } });
      await db.demoTenant.create({ data: { tenantId: id, slug } });
      await recordAudit(ctx, { operation: "tenants.create", outcome: "done", input: { slug, name, plan } });
      return true;
    },
    { maxWait: 5000, timeout: 30_000 },
  );
}

/** A slug that somebody took a moment ago is left to them. */
function leftOut(error: unknown): true {
  if (!(error instanceof AppError) || error.code !== "conflict") throw error;
  log().info({ error: error.message }, "a tenant of the demo is left out");
  return true;
}

/** A demo tenant's settings: how its customers behave, and the limit of storage that it has, if it has one. */
export function demoSettings({ shape, storageMb }: DemoTenant) {
  return { workload: shape, ...(storageMb !== undefined && { limits: { storageMb } }) };
}
