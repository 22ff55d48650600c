import { operation } from "@/lib/gate/operation";
import { requireMatch } from "@/lib/gate/precondition";
import { AppError } from "@/lib/kernel/errors";
import { announceTenant, recordActivity } from "@/lib/tenants/activity";
import { setPrimaryDomainContract, showDomainContract } from "./contract";
import { findDomain, lockForDomains } from "./find";
import { domainDetailOf, domainList } from "./view";

export const setPrimaryDomain = operation(setPrimaryDomainContract, async (ctx, { id, domain }) => {
  const tenant = await lockForDomains(ctx, id);
  const chosen = await findDomain(ctx, id, domain);
  await requireMatch(ctx, showDomainContract, () => domainDetailOf(ctx.db, chosen));
  if (chosen.verifiedAt === null) {
    throw new AppError("conflict", `${chosen.hostname} is not verified, so that it does not answer. Prove it first.`);
  }
  const before = tenant.domains.find(({ primary }) => primary);
  if (before?.id === domain) return await domainList(ctx.db, tenant);
  await ctx.db.domain.updateMany({ where: { tenantId: id, primary: true }, data: { primary: false } });
  await ctx.db.domain.update({ where: { id: domain }, data: { primary: true } });
  const was = { primary: before?.hostname ?? null };
  Object.assign(ctx.note, { target: id, before: was, after: { primary: chosen.hostname } });
  const description = `${chosen.hostname} is the primary domain${before ? `, instead of ${before.hostname}` : ""}`;
  await recordActivity(ctx, { tenantId: id, type: "domain_primary", description });
  await announceTenant(ctx.db, id);
  return await domainList(ctx.db, tenant);
});
