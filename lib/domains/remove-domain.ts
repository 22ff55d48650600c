import type { Ctx } from "@/lib/gate/context";
import { operation } from "@/lib/gate/operation";
import { requireMatch } from "@/lib/gate/precondition";
import { announceTenant, recordActivity } from "@/lib/tenants/activity";
import { holdHosts, wakeClaims } from "@/lib/tenants/domain";
import { removeDomainContract, showDomainContract } from "./contract";
import { findDomain, lockForDomains } from "./find";
import { told } from "./settle";
import { type DomainRow, domainDetailOf, domainList } from "./view";

export const removeDomain = operation(removeDomainContract, async (ctx, { id, domain }) => {
  const tenant = await lockForDomains(ctx, id);
  const row = await findDomain(ctx, id, domain);
  await requireMatch(ctx, showDomainContract, () => domainDetailOf(ctx.db, row));
  const { hostname } = row;
  await holdHosts(ctx.db, [hostname]);
  const gone = await ctx.db.domain.delete({ where: { id: domain } });
  if (gone.verifiedAt) await wakeClaims(ctx.db, [hostname], ctx.now());
  const next = gone.primary ? await primaryInstead(ctx, id) : null;
  Object.assign(ctx.note, { target: id, before: told(gone), after: { primary: next?.hostname ?? null } });
  const description = `${hostname} removed${next ? `; ${next.hostname} is the primary domain now` : ""}`;
  await recordActivity(ctx, { tenantId: id, type: "domain_removed", description });
  await announceTenant(ctx.db, id);
  return await domainList(ctx.db, tenant);
});

/** The one that has been verified for longest; without any, links use the built-in host again. */
async function primaryInstead({ db }: Ctx, tenantId: string): Promise<DomainRow | null> {
  const where = { tenantId, verifiedAt: { not: null } };
  const next = await db.domain.findFirst({ where, orderBy: [{ verifiedAt: "asc" }, { id: "asc" }] });
  return next && (await db.domain.update({ where: { id: next.id }, data: { primary: true } }));
}
