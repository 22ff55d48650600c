import { recordAudit } from "@/lib/gate/audit";
import type { Ctx } from "@/lib/gate/context";
import { operation } from "@/lib/gate/operation";
import { byteOrderMark, csvLine } from "@/lib/kernel/csv";
import { downloadShape } from "@/lib/kernel/download";
import { AppError } from "@/lib/kernel/errors";
import { type Metric, metricNames } from "@/lib/kernel/metrics";
import type { Prisma } from "@/lib/platform/prisma";
import { exportedColumns, exportTenantsContract } from "./contract";
import { tenantCondition } from "./list-tenants";
import type { TenantView } from "./shapes";
import { tenantInclude, tenantViews } from "./view";

/** Rows that are held at once. */
const batch = 500;

/** Begins a download of the tenants within reach, in the order of their making. It is in the audit trail. */
export const exportTenants = operation({ ...exportTenantsContract, output: downloadShape }, async (ctx, input) => {
  const { columns, ...filter } = input;
  const where = tenantCondition(ctx.actor, filter);
  const [total] = await ctx.db.$queryRaw<{ n: number }[]>`SELECT count(*)::int AS n FROM tenants t WHERE ${where}`;
  ctx.note.after = { rows: total?.n ?? 0 };
  await recordAudit(ctx, { operation: exportTenantsContract.id, outcome: "done", input });
  const fileName = `tenantry-tenants-${ctx.now().toISOString().slice(0, 19).replaceAll(":", "")}Z.csv`;
  return { fileName, contentType: "text/csv; charset=utf-8; header=present", chunks: lines(ctx, where, columns) };
});

type Column = (typeof exportedColumns)[number];
type Read = (tenant: TenantView) => unknown;

const reads: Record<Column, Read> = {
  id: ({ id }) => id,
  slug: ({ slug }) => slug,
  name: ({ name }) => name,
  status: ({ status }) => status,
  statusReason: ({ statusReason }) => statusReason,
  plan: ({ plan }) => plan,
  region: ({ region }) => region,
  tags: ({ tags }) => tags.join(" "),
  server: ({ server }) => server.name,
  database: ({ database }) => database,
  domain: ({ domains }) => domains.find(({ primary }) => primary)?.hostname ?? null,
  createdAt: ({ createdAt }) => createdAt,
  ...(Object.fromEntries(
    metricNames.map((name) => [name, ({ usage }: TenantView) => usage[name]?.value ?? null]),
  ) as Record<Metric, Read>),
  measuredAt: ({ measuredAt }) => measuredAt,
};

async function* lines(ctx: Ctx, where: Prisma.Sql, chosen: Column[]): AsyncGenerator<string, void, undefined> {
  const columns = chosen.length > 0 ? chosen : exportedColumns;
  yield `${byteOrderMark}${csvLine(columns)}`;
  for (let after = "00000000-0000-0000-0000-000000000000"; ; ) {
    if (ctx.signal.aborted) throw new AppError("unavailable", "The download was given up: who asked for it has gone.");
    const ids = await ctx.db.$queryRaw<{ id: string }[]>`
      SELECT t.id::text AS id FROM tenants t WHERE ${where} AND t.id > ${after}::uuid ORDER BY t.id LIMIT ${batch}`;
    const rows = await ctx.db.tenant.findMany({
      where: { id: { in: ids.map(({ id }) => id) } },
      orderBy: { id: "asc" },
      include: tenantInclude,
    });
    const views = await tenantViews(ctx.db, rows);
    yield views.map((tenant) => csvLine(columns.map((column) => reads[column](tenant)))).join("");
    after = ids.at(-1)?.id ?? after;
    if (ids.length < batch) return;
  }
}
