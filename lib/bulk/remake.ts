import type pg from "pg";
import { z } from "zod";
import { systemContext } from "@/lib/gate/context";
import { AppError } from "@/lib/kernel/errors";
import { newId } from "@/lib/kernel/ids";
import { log } from "@/lib/platform/log";
import { controlDb } from "@/lib/platform/prisma";
import type { Standing } from "@/lib/schema/apply";
import { reserveSlot } from "@/lib/servers/slots";
import {
  besideAlone,
  besideNames,
  databaseId,
  dropBeside,
  makeBeside,
  swapBeside,
  tidyBeside,
} from "@/lib/tenants/beside";
import { enforceStatus } from "@/lib/tenants/enforce";
import { lockTenant } from "@/lib/tenants/find";
import { applyLimits, limitsOf } from "@/lib/tenants/limits";
import { locksDatabase, whyNot } from "@/lib/tenants/rules";
import type { TenantStatus } from "@/lib/tenants/shapes";
import type { ItemWork } from "./action";
import { asAdmin } from "./item-connection";

/** What was put into the new database: where its schema stands, and what the item says. */
export type Filled = { standing: Standing; words: string };

/** What is remembered before the new database takes its place, so that one who goes on knows whether it did. */
const remembered = z.object({
  made: z.number(),
  standing: z.object({ version: z.string(), applied: z.number() }),
  words: z.string(),
});

/**
 * Makes a tenant's database anew: beside the old one, which stays as it is until the new one is whole and takes its place
 * in one transaction. `fill` works on the new one by what it is given. Cut off anywhere and run again, it comes to the
 * same, and what the tenant wrote into the new one stays. Returns `fill`'s words.
 */
export async function remake(work: ItemWork, fill: (inside: ItemWork) => Promise<Filled>): Promise<string> {
  const { tenant } = work;
  if (tenant.adopted) throw new AppError("conflict", "Its database was adopted: it is its owner's to make anew.");
  try {
    return await asAdmin(work, (admin) =>
      besideAlone(admin, tenant.id, async () => {
        const { standing, words } = (await doneBefore(work, admin)) ?? (await replace(work, admin, fill));
        work.tellSchema({ standing, error: null });
        await dropBeside(admin, tenant);
        return words;
      }),
    );
  } catch (error) {
    // The old database is as it was. Of the new one nothing is kept; if that can't be done now, reconciling does it.
    await tidyBeside(work.server, tenant).catch((reason: unknown) =>
      log().warn({ tenant: tenant.slug, error: String(reason) }, "a database that was not finished is left for later"),
    );
    throw error;
  }
}

/** What an earlier attempt made, where that is what the tenant has by now. */
async function doneBefore({ remembered: kept, tenant }: ItemWork, admin: pg.Client): Promise<Filled | undefined> {
  const before = remembered.safeParse(kept);
  if (!before.success || (await databaseId(admin, tenant.database)) !== before.data.made) return undefined;
  return before.data;
}

async function replace(work: ItemWork, admin: pg.Client, fill: (inside: ItemWork) => Promise<Filled>): Promise<Filled> {
  const { tenant, server } = work;
  const now = await controlDb().tenant.findUniqueOrThrow({ where: { id: tenant.id }, select: { status: true } });
  checkStays(now);
  await dropBeside(admin, tenant);
  const made = await makeBeside(admin, server, tenant);
  const filled = await fill({ ...work, tenant: { ...tenant, database: besideNames(tenant.database).next } });
  await work.remember({ made, ...filled });
  await takePlace(work, admin);
  return filled;
}

/** While nobody can change the tenant: the new database is as open as its status says, with its limits. */
async function takePlace({ tenant: { id }, by, now, signal, run }: ItemWork, admin: pg.Client): Promise<void> {
  const swap = async () =>
    await controlDb().$transaction(
      async (db) => {
        const ctx = { ...systemContext(by, db, now, newId(now()), signal), bulkRun: run.id };
        const tenant = await lockTenant(ctx, id);
        checkStays(tenant);
        const next = { ...tenant, database: besideNames(tenant.database).next };
        await enforceStatus(admin, next, tenant.status);
        await applyLimits(admin, next, limitsOf(tenant.settings));
        signal.throwIfAborted();
        await swapBeside(admin, tenant, !locksDatabase(tenant.status));
      },
      { maxWait: 5000, timeout: 60_000 },
    );
  await reserveSlot(signal, swap);
}

/** What a tenant that goes still has is what it could be restored with. */
function checkStays({ status }: { status: TenantStatus }): void {
  const why: Partial<Record<TenantStatus, string>> = whyNot;
  if (why[status]) throw new AppError("conflict", `Its database can't be made anew now: ${why[status]}.`);
}
