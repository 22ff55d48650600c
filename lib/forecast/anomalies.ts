import { operation } from "@/lib/gate/operation";
import { askedPeriod } from "@/lib/history/asked";
import type { TenantName } from "@/lib/history/shapes";
import type { Metric } from "@/lib/kernel/metrics";
import { Prisma } from "@/lib/platform/prisma";
import { tenantCondition } from "@/lib/tenants/list-tenants";
import { anomaliesContract } from "./contract";
import type { Direction } from "./detect-rules";
import { hourMs } from "./usual";
import { watchState } from "./watch-state";
import { spanOf } from "./window";

type Row = {
  id: bigint;
  metric: Metric;
  startedAt: Date;
  endedAt: Date | null;
  direction: Direction;
  peak: number;
  expected: number;
  score: number;
  tenantId: string;
  slug: string;
  name: string;
  status: TenantName["status"];
  plan: string;
};

/** What was out of the ordinary within a time, the newest first. */
export const listAnomalies = operation(anomaliesContract, async (ctx, input) => {
  const now = ctx.now().getTime();
  const window = askedPeriod(input, now);
  const asked = [tenantCondition(ctx.actor, input)];
  if (input.tenant) asked.push(Prisma.sql`t.id = ${input.tenant}::uuid`);
  const parts = [
    ...asked,
    Prisma.sql`a.started_at < ${new Date(window.to)} AND (a.ended_at IS NULL OR a.ended_at > ${new Date(window.from)})`,
  ];
  if (input.metric.length > 0) parts.push(Prisma.sql`a.metric = ANY(${input.metric})`);
  const where = Prisma.join(parts, " AND ");
  const rows = await ctx.db.$queryRaw<Row[]>`
    SELECT a.id, a.metric, a.started_at AS "startedAt", a.ended_at AS "endedAt", a.direction, a.peak, a.expected, a.score,
           t.id AS "tenantId", t.slug, t.name, t.status::text AS status, t.plan
      FROM usage_anomalies a JOIN tenants t ON t.id = a.tenant_id
     WHERE ${where} ORDER BY a.ended_at IS NOT NULL, a.started_at DESC, a.id DESC
     LIMIT ${input.pageSize} OFFSET ${(input.page - 1) * input.pageSize}`;
  const [count] = await ctx.db.$queryRaw<{ total: number; open: number }[]>`
    SELECT count(*)::int AS total, count(*) FILTER (WHERE a.ended_at IS NULL)::int AS open
      FROM usage_anomalies a JOIN tenants t ON t.id = a.tenant_id WHERE ${where}`;
  const span = await spanOf(ctx.db, window, { stepMs: hourMs, level: "hour", tz: input.tz });
  const watch = await watchState(ctx.db, Prisma.join(asked, " AND "), now);
  return { span, total: count?.total ?? 0, open: count?.open ?? 0, watch, anomalies: rows.map(told) };
});

function told({ id, startedAt, endedAt, tenantId, slug, name, status, plan, ...row }: Row) {
  const tenant = { id: tenantId, slug, name, status, plan };
  return {
    ...row,
    id: String(id),
    tenant,
    from: startedAt.toISOString(),
    to: endedAt?.toISOString() ?? null,
  };
}
