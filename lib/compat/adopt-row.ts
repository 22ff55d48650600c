import { addDomain } from "@/lib/domains/add-domain";
import type { Ctx } from "@/lib/gate/context";
import { AppError } from "@/lib/kernel/errors";
import { hostname, type Plan, plans } from "@/lib/kernel/naming";
import { env } from "@/lib/platform/env";
import type { Prisma } from "@/lib/platform/prisma";
import { register } from "@/lib/tenants/register";
import { defaultHost } from "@/lib/tenants/rules";
import type { ImportedTenant, ImportRow } from "./contract";
import type { Decision } from "./rules";

type Adopt = Extract<Decision, { outcome: "adopt" }>;

/** Adopts one row's database as `tenants.adopt` does, adds its domains, and keeps what the registry has a place for. */
export async function adoptRow(
  ctx: Ctx,
  known: ImportedTenant,
  row: ImportRow,
  { name, slug, database, status, suggestedSlug }: Adopt,
  { serverId, plan }: { serverId: string; plan: Plan },
): Promise<ImportedTenant> {
  const own = { ...ctx, note: {} };
  const kept = plans.find((one) => one === row.plan?.toLowerCase()) ?? plan;
  const { id } = await register(own, { name, slug, plan: kept, serverId, adopt: database });
  const domains: ImportedTenant["domains"] = [];
  for (const [index, { hostname: host }] of known.domains.entries()) {
    const createdAt = past(ctx, row.domains[index]?.createdAt ?? null);
    domains.push(await addHost(own, id, slug, host, createdAt));
  }
  const pending = status === "active" ? {} : { status };
  const imported = { key: row.key, settings: row.settings, ...pending } as Prisma.InputJsonObject;
  const createdAt = past(ctx, row.createdAt);
  await ctx.db.tenant.update({ where: { id }, data: { settings: { imported }, ...(createdAt && { createdAt }) } });
  return { ...known, outcome: "adopted", slug, suggestedSlug, tenant: id, domains, again: status !== "active" };
}

function past(ctx: Ctx, time: string | null): Date | undefined {
  const at = time === null ? undefined : new Date(time);
  return at && at < ctx.now() ? at : undefined;
}

async function addHost(ctx: Ctx, id: string, slug: string, host: string, createdAt: Date | undefined) {
  const read = hostname.safeParse(host);
  if (!read.success) return { hostname: host, outcome: "left" as const, words: read.error.issues[0]?.message ?? null };
  if (read.data === defaultHost(slug, env().TENANTRY_APP_DOMAIN)) {
    return { hostname: read.data, outcome: "there" as const, words: "The tenant answers there anyway." };
  }
  try {
    const domain = await addDomain.run(ctx, { id, hostname: read.data });
    if (createdAt) await ctx.db.domain.update({ where: { id: domain.id }, data: { createdAt } });
    const words = domain.state === "verified" ? null : `It answers once its TXT record ${domain.record.name} is there.`;
    return { hostname: read.data, outcome: "added" as const, words };
  } catch (error) {
    // Refused before anything was written. What broke the transaction itself has a cause, and ends the whole request.
    if (!(error instanceof AppError) || error.cause !== undefined) throw error;
    return { hostname: read.data, outcome: "left" as const, words: error.message };
  }
}
