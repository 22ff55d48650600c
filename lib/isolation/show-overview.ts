import { z } from "zod";
import { operation } from "@/lib/gate/operation";
import { env } from "@/lib/platform/env";
import type { Db, Prisma } from "@/lib/platform/prisma";
import { longestMs } from "./check-server";
import { type IsolationServer, isolationOverviewContract } from "./contract";
import { proofs } from "./server-rules";

export const showIsolation = operation(isolationOverviewContract, async ({ db, now }) => {
  const open = await db.isolationFinding.groupBy({ by: ["rule"], where: { resolvedAt: null }, _count: true });
  const counts = new Map(open.map(({ rule, _count }) => [rule, _count]));
  return {
    servers: await isolationServers(db, now()),
    rules: proofs.map(({ name, proves }) => ({ name, words: proves, findings: counts.get(name) ?? 0 })),
    everyHours: env().ISOLATION_CHECK_HOURS,
  };
});

type CheckRow = Prisma.ServerGetPayload<{ include: { isolation: true } }>;

/** How some servers stand, or all. */
export async function isolationServers(db: Db, now: Date, ids?: string[]): Promise<IsolationServer[]> {
  const where = { removedAt: null, ...(ids && { id: { in: ids } }) };
  const rows = await db.server.findMany({ where, orderBy: { name: "asc" }, include: { isolation: true } });
  const open = await db.isolationFinding.groupBy({ by: ["serverId"], where: { resolvedAt: null }, _count: true });
  const counts = new Map(open.map(({ serverId, _count }) => [serverId, _count]));
  return rows.map((row) => viewOf(row, counts.get(row.id) ?? 0, now));
}

const aboveShape = z.array(z.object({ role: z.string(), why: z.string() })).catch([]);

function viewOf({ id, name, isolation: check }: CheckRow, findings: number, now: Date): IsolationServer {
  return {
    server: { id, name },
    state: stateOf(check, findings, now),
    checkedAt: check?.lookedAt?.toISOString() ?? null,
    triedAt: check?.finishedAt?.toISOString() ?? null,
    ...{ tenants: check?.tenants ?? 0, roles: check?.roles ?? 0, pairs: Number(check?.pairs ?? 0) },
    ...{ tookMs: check?.tookMs ?? null, findings, error: check?.error ?? null, askedBy: check?.askedBy ?? null },
    above: aboveShape.parse(check?.above ?? []),
  };
}

function stateOf(check: CheckRow["isolation"], findings: number, now: Date): IsolationServer["state"] {
  if (!check) return "never";
  const { startedAt, finishedAt, lookedAt, error } = check;
  const atWork = finishedAt === null || startedAt > finishedAt;
  if (atWork && now.getTime() - startedAt.getTime() < longestMs) return "running";
  if (error !== null) return "failed";
  if (lookedAt === null) return "never";
  return findings > 0 ? "leaking" : "proven";
}
