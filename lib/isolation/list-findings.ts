import { inOrder, keyset, type Placed, type SortKey } from "@/lib/gate/keyset";
import { operation } from "@/lib/gate/operation";
import { askedPage } from "@/lib/kernel/page";
import { type Db, Prisma } from "@/lib/platform/prisma";
import { type findingSorts, type IsolationFinding, listIsolationFindingsContract } from "./contract";

export const listIsolationFindings = operation(listIsolationFindingsContract, async ({ db }, input) => {
  const { state, server, tenant, rule, sort, order, cursor } = input;
  const list = sort === undefined ? openFirst : sortedBy(sort, order);
  const { limit, skip } = askedPage(input, 50);
  const parts = [Prisma.sql`true`];
  if (state !== "all") parts.push(Prisma.sql`(f.resolved_at IS NULL) = ${state === "open"}`);
  if (server !== undefined) parts.push(Prisma.sql`f.server_id = ${server}::uuid`);
  if (tenant !== undefined) parts.push(Prisma.sql`f.tenant_id = ${tenant}::uuid`);
  if (rule !== undefined) parts.push(Prisma.sql`f.rule = ${rule}`);
  const where = Prisma.join(parts, " AND ");
  const found = await db.$queryRaw<Placed<{ id: bigint }>[]>`
    SELECT f.id, ${list.place} FROM isolation_findings f WHERE ${where} AND ${list.after(cursor)}
     ORDER BY ${list.order} LIMIT ${limit + 1} OFFSET ${skip}`;
  const [total] = await db.$queryRaw<{ n: number }[]>`
    SELECT count(*)::int AS n FROM isolation_findings f WHERE ${where}`;
  const { rows: page, next } = list.page(found, limit);
  const rows = await db.isolationFinding.findMany({ where: { id: { in: page.map(({ id }) => id) } } });
  return { findings: await viewsOf(db, inOrder(page, rows)), total: total?.n ?? 0, next };
});

/** What is open comes first, and of that the newest. */
const openFirst = keyset("isolation.findings", [
  { of: Prisma.sql`(f.resolved_at IS NOT NULL)::int`, kind: "number" },
  { of: Prisma.sql`f.resolved_at`, kind: "time", order: "desc", nullable: true },
  { of: Prisma.sql`f.first_seen`, kind: "time", order: "desc" },
  { of: Prisma.sql`f.id`, kind: "id" },
]);

const sortKeys: Record<(typeof findingSorts)[number], SortKey> = {
  firstSeen: { of: Prisma.sql`f.first_seen`, kind: "time" },
  lastSeen: { of: Prisma.sql`f.last_seen`, kind: "time" },
  rule: { of: Prisma.sql`f.rule`, kind: "text" },
};

function sortedBy(sort: (typeof findingSorts)[number], order: "asc" | "desc") {
  return keyset(`isolation.findings ${sort} ${order}`, [
    { ...sortKeys[sort], order },
    { of: Prisma.sql`f.id`, kind: "id", order },
  ]);
}

type FindingRow = Prisma.IsolationFindingGetPayload<object>;

async function viewsOf(db: Db, rows: FindingRow[]): Promise<IsolationFinding[]> {
  const serverIds = [...new Set(rows.map(({ serverId }) => serverId))];
  const tenantIds = [...new Set(rows.flatMap(({ tenantId }) => tenantId ?? []))];
  const servers = await db.server.findMany({
    where: { id: { in: serverIds } },
    select: { id: true, name: true, isolation: { select: { error: true } } },
  });
  const tenants = await db.tenant.findMany({
    where: { id: { in: tenantIds } },
    select: { id: true, slug: true, name: true },
  });
  return rows.flatMap((row) => {
    const server = servers.find(({ id }) => id === row.serverId);
    if (!server) return [];
    const tenant = tenants.find(({ id }) => id === row.tenantId) ?? null;
    const { rule, subject, words, mend, firstSeen, lastSeen, resolvedAt } = row;
    return {
      ...{ id: String(row.id), server: { id: server.id, name: server.name }, tenant, rule, subject, words, mend },
      ...{ firstSeen: firstSeen.toISOString(), lastSeen: lastSeen.toISOString() },
      resolvedAt: resolvedAt?.toISOString() ?? null,
      stale: resolvedAt === null && typeof server.isolation?.error === "string",
    };
  });
}
