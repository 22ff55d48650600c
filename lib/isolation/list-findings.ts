import { operation } from "@/lib/gate/operation";
import type { Db, Prisma } from "@/lib/platform/prisma";
import { type IsolationFinding, listIsolationFindingsContract } from "./contract";

export const listIsolationFindings = operation(listIsolationFindingsContract, async ({ db }, input) => {
  const { state, server, tenant, rule, page, pageSize } = input;
  const where: Prisma.IsolationFindingWhereInput = {
    ...(state !== "all" && { resolvedAt: state === "open" ? null : { not: null } }),
    ...(server !== undefined && { serverId: server }),
    ...(tenant !== undefined && { tenantId: tenant }),
    ...(rule !== undefined && { rule }),
  };
  const [rows, total] = [
    await db.isolationFinding.findMany({
      where,
      // What is open comes first, and of that the newest.
      orderBy: [{ resolvedAt: { sort: "desc", nulls: "first" } }, { firstSeen: "desc" }, { id: "asc" }],
      skip: (page - 1) * pageSize,
      take: pageSize,
    }),
    await db.isolationFinding.count({ where }),
  ];
  return { findings: await viewsOf(db, rows), total };
});

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
