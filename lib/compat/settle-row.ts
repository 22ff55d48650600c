import { refuse } from "@/lib/gate/access";
import type { Ctx } from "@/lib/gate/context";
import type { Prisma } from "@/lib/platform/prisma";
import { setTenantStatusContract } from "@/lib/tenants/contract-life";
import { setTenantStatus } from "@/lib/tenants/set-tenant-status";
import type { ImportedTenant } from "./contract";
import type { Decision } from "./rules";
import { importedOf } from "./world";

type Already = Extract<Decision, { outcome: "already" }>;

/** A row that was adopted by an earlier request: once its set-up has ended, it gets the status it had. */
export async function settleRow(
  ctx: Ctx,
  known: ImportedTenant,
  { tenant }: Already,
  dryRun: boolean,
): Promise<ImportedTenant> {
  const row = await ctx.db.tenant.findUniqueOrThrow({ where: { id: tenant.id } });
  const wanted = importedOf(row.settings)?.status;
  const domains = known.domains.map((one) => ({ ...one, outcome: "there" as const }));
  const here = { ...known, outcome: "already" as const, slug: tenant.slug, tenant: tenant.id, domains };
  if (row.status === "failed") {
    const words = "It was adopted, and its set-up failed. Try the failed step again in its page, then import again.";
    return { ...here, outcome: "left", reason: "setup_failed", words };
  }
  if (!wanted) return here;
  if (row.status === "provisioning" || dryRun) return { ...here, again: true };
  // The status is the one that was kept, whatever the row says now.
  const refusal = refuse(setTenantStatusContract, ctx.actor);
  if (refusal) throw refusal;
  if (row.status === "active") {
    await setTenantStatus.run(
      { ...ctx, note: {} },
      { id: tenant.id, status: wanted, reason: "It had this status where it was imported from." },
    );
  }
  const settings = row.settings as Prisma.JsonObject;
  const { status: _, ...imported } = settings.imported as Prisma.JsonObject;
  await ctx.db.tenant.update({ where: { id: tenant.id }, data: { settings: { ...settings, imported } } });
  return here;
}
