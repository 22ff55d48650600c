import { operation } from "@/lib/gate/operation";
import { visibleSql } from "@/lib/gate/visible";
import { Prisma } from "@/lib/platform/prisma";
import { tenantFacetsContract } from "./contract";

type Facet = { kind: "region" | "plan" | "tag"; value: string; tenants: number };

export const tenantFacets = operation(tenantFacetsContract, async (ctx) => {
  const where = visibleSql(ctx.actor);
  const rows = await ctx.db.$queryRaw<Facet[]>`
    SELECT 'region' AS kind, t.region AS value, count(*)::int AS tenants FROM tenants t WHERE ${where} GROUP BY 2
    UNION ALL
    SELECT 'plan', t.plan, count(*)::int FROM tenants t WHERE ${where} GROUP BY 2
    UNION ALL
    SELECT 'tag', tag, count(*)::int FROM tenants t CROSS JOIN LATERAL unnest(t.tags) tag WHERE ${where} GROUP BY 2
    ORDER BY 3 DESC, 2 LIMIT ${Prisma.raw(String(mostFacets))}`;
  const of = (kind: Facet["kind"]) =>
    rows.filter((row) => row.kind === kind).map(({ value, tenants }) => ({ value, tenants }));
  return { regions: of("region"), plans: of("plan"), tags: of("tag") };
});

/** More would help nobody who chooses among them. */
const mostFacets = 1000;
