import { recordAudit } from "@/lib/gate/audit";
import type { Ctx } from "@/lib/gate/context";
import { operation } from "@/lib/gate/operation";
import { csvLine } from "@/lib/kernel/csv";
import { downloadShape } from "@/lib/kernel/download";
import { AppError } from "@/lib/kernel/errors";
import { metricNames } from "@/lib/kernel/metrics";
import type { Prisma } from "@/lib/platform/prisma";
import { exportTenantsContract } from "./contract";
import { tenantCondition } from "./list-tenants";
import type { TenantView } from "./shapes";
import { tenantInclude, tenantViews } from "./view";

/** Rows that are held at once. */
const batch = 500;

/** Begins a download of the tenants within reach, in the order of their making. It is in the audit trail. */
export const exportTenants = operation({ ...exportTenantsContract, output: downloadShape }, async (ctx, filter) => {
  const where = tenantCondition(ctx.actor, filter);
  const [total] = await ctx.db.$queryRaw<{ n: number }[]>`SELECT count(*)::int AS n FROM tenants t WHERE ${where}`;
  ctx.note.after = { rows: total?.n ?? 0 };
  await recordAudit(ctx, { operation: exportTenantsContract.id, outcome: "done", input: filter });
  const fileName = `tenantry-tenants-${ctx.now().toISOString().slice(0, 19).replaceAll(":", "")}Z.csv`;
  return { fileName, contentType: "text/csv; charset=utf-8; header=present", chunks: lines(ctx, where) };
});

const columns: Record<string, (tenant: TenantView) => unknown> = {
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
  ...Object.fromEntries(metricNames.map((name) => [name, ({ usage }: TenantView) => usage[name]?.value ?? null])),
  measuredAt: ({ measuredAt }) => measuredAt,
};

async function* lines(ctx: Ctx, where: Prisma.Sql): AsyncGenerator<string, void, undefined> {
  // A mark of byte order, without which Excel takes UTF-8 for something else.
  yield `\ufeff${csvLine(Object.keys(columns))}`;
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
    yield views.map((tenant) => csvLine(Object.values(columns).map((read) => read(tenant)))).join("");
    after = ids.at(-1)?.id ?? after;
    if (ids.length < batch) return;
  }
}
